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

/// [`AnyAgain`](crate::AnyAgain) for a paginator, with items or without.
#[macro_export]
macro_rules! pages {
    ($name:ident: $by:ty, $operation:literal, $method:ident, $input:ty { $($set:ident $field:ident)* } $($items:ident)?) => {
        struct $name;

        impl $crate::AnyAgain for $name {
            fn operation(&self) -> &'static str {
                $operation
            }

            fn waits(&self) -> bool {
                false
            }

            fn run(
                &self,
                filler: &mut $crate::Filler,
                worlds: &$crate::Worlds,
                how: $crate::How,
            ) -> ::core::result::Result<$crate::Said, $crate::BuildError> {
                let input: $input = filler.filled();
                let ours = $crate::client_in!(ours, worlds.ours)
                    .$method()
                    $(.$set(input.$field.clone()))*
                    .into_paginator()
                    .stop_on_duplicate_token(how.stop_on_duplicate_token);
                let theirs = $crate::client_in!(theirs, worlds.theirs)
                    .$method()
                    $(.$set($crate::To::<_, $by>::to(&input.$field)?))*
                    .into_paginator()
                    .stop_on_duplicate_token(how.stop_on_duplicate_token);
                $(
                    if how.items {
                        let (ours, theirs) = (ours.$items(), theirs.$items());
                        let (ours, theirs) = ($crate::take(ours.send()), $crate::take(theirs.send()));
                        return ::core::result::Result::Ok($crate::taken::<_, _, $by>(&ours, &theirs));
                    }
                )?
                let (ours, theirs) = ($crate::take(ours.send()), $crate::take(theirs.send()));
                ::core::result::Result::Ok($crate::taken::<_, _, $by>(&ours, &theirs))
            }
        }
    };
}

/// [`AnyAgain`](crate::AnyAgain) for a waiter.
#[macro_export]
macro_rules! waits {
    ($name:ident: $by:ty, $operation:literal, $method:ident, $input:ty { $($set:ident $field:ident)* }) => {
        struct $name;

        impl $crate::AnyAgain for $name {
            fn operation(&self) -> &'static str {
                $operation
            }

            fn waits(&self) -> bool {
                true
            }

            fn run(
                &self,
                filler: &mut $crate::Filler,
                worlds: &$crate::Worlds,
                how: $crate::How,
            ) -> ::core::result::Result<$crate::Said, $crate::BuildError> {
                use ours::client::Waiters as _;
                use theirs::client::Waiters as _;
                let input: $input = filler.filled();
                let ours = $crate::client_in!(ours, worlds.ours)
                    .$method()
                    $(.$set(input.$field.clone()))*
                    .wait(how.max_wait);
                let theirs = $crate::client_in!(theirs, worlds.theirs)
                    .$method()
                    $(.$set($crate::To::<_, $by>::to(&input.$field)?))*
                    .wait(how.max_wait);
                ::core::result::Result::Ok($crate::Said {
                    ours: $crate::waited($crate::run_to_end(ours)),
                    theirs: $crate::waited($crate::run_to_end(theirs)),
                })
            }
        }
    };
}
