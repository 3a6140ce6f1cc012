//! What a program that compares two crates says of each paginator and waiter, in a line. They only delegate.

/// A client of a crate in a world.
#[doc(hidden)]
#[macro_export]
macro_rules! client_in {
    ($crate_name:ident, $world:expr) => {
        $crate_name::Client::from_conf(
            $crate_name::Config::builder()
                .behavior_version($crate::sdk::BehaviorVersion::latest())
                .region($crate::sdk::Region::from_static("eu-central-1"))
                .credentials_provider($crate::World::credentials())
                .retry_config($crate::sdk::RetryConfig::disabled())
                .stalled_stream_protection($crate::sdk::StalledStreamProtectionConfig::disabled())
                .http_client($world.clone())
                .sleep_impl($world.clone())
                .time_source($world.clone())
                .build(),
        )
    };
}

/// [`AnyAgain`](crate::AnyAgain), with the names under which `run` knows what it is given.
#[doc(hidden)]
#[macro_export]
macro_rules! again {
    ($name:ident: $operation:literal, $waits:literal, |$filler:ident, $worlds:ident, $how:ident| $run:block) => {
        struct $name;

        impl $crate::AnyAgain for $name {
            fn operation(&self) -> &'static str {
                $operation
            }

            fn waits(&self) -> bool {
                $waits
            }

            fn run(
                &self,
                $filler: &mut $crate::Filler,
                $worlds: &$crate::Worlds,
                $how: $crate::How,
            ) -> ::core::result::Result<$crate::Said, $crate::BuildError> {
                $run
            }
        }
    };
}

/// The same call with both crates: their fluent builders, with the members of an input.
#[doc(hidden)]
#[macro_export]
macro_rules! called {
    ($worlds:ident, $by:ty, $method:ident, $input:ident { $($set:ident $field:ident)* }) => {
        (
            $crate::client_in!(ours, $worlds.ours)
                .$method()
                $(.$set($input.$field.clone()))*,
            $crate::client_in!(theirs, $worlds.theirs)
                .$method()
                $(.$set($crate::To::<_, $by>::to(&$input.$field)?))*,
        )
    };
}

/// [`AnyAgain`](crate::AnyAgain) for a paginator, with items or without.
#[macro_export]
macro_rules! pages {
    ($name:ident: $by:ty, $operation:literal, $method:ident, $input:ty { $($set:ident $field:ident)* } $($items:ident)?) => {
        $crate::again!($name: $operation, false, |filler, worlds, how| {
            let input: $input = filler.filled();
            let (ours, theirs) = $crate::called!(worlds, $by, $method, input { $($set $field)* });
            let stop = how.stop_on_duplicate_token;
            let ours = ours.into_paginator().stop_on_duplicate_token(stop);
            let theirs = theirs.into_paginator().stop_on_duplicate_token(stop);
            $(
                if how.items {
                    let (ours, theirs) = (ours.$items(), theirs.$items());
                    let (ours, theirs) = ($crate::take(ours.send()), $crate::take(theirs.send()));
                    return ::core::result::Result::Ok($crate::taken::<_, _, $by>(&ours, &theirs));
                }
            )?
            let (ours, theirs) = ($crate::take(ours.send()), $crate::take(theirs.send()));
            ::core::result::Result::Ok($crate::taken::<_, _, $by>(&ours, &theirs))
        });
    };
}

/// [`AnyAgain`](crate::AnyAgain) for a waiter.
#[macro_export]
macro_rules! waits {
    ($name:ident: $by:ty, $operation:literal, $method:ident, $input:ty { $($set:ident $field:ident)* }) => {
        $crate::again!($name: $operation, true, |filler, worlds, how| {
            use ours::client::Waiters as _;
            use theirs::client::Waiters as _;
            let input: $input = filler.filled();
            let (ours, theirs) = $crate::called!(worlds, $by, $method, input { $($set $field)* });
            ::core::result::Result::Ok($crate::Said {
                ours: $crate::waited($crate::run_to_end(ours.wait(how.max_wait))),
                theirs: $crate::waited($crate::run_to_end(theirs.wait(how.max_wait))),
            })
        });
    };
}
