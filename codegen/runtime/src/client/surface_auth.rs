//! Settings of services that requests are authenticated to by tokens, keys or logins, as macros: see `surface.rs`.
//! They must not know any service.

/// Settings of services with bearer tokens.
#[macro_export]
macro_rules! client_bearer {
    () => {
        pub use $crate::client::aws_credential_types::provider::token::{
            ProvideToken, SharedTokenProvider,
        };

        impl Builder {
            $crate::client_identity!(
                Token,
                HTTP_BEARER_AUTH_SCHEME_ID,
                #[doc = " The bearer token."]
                bearer_token,
                #[doc = " Where bearer tokens come from."]
                bearer_token_resolver,
            );
            /// Where bearer tokens come from.
            #[inline]
            pub fn token_provider(mut self, token_provider: impl ProvideToken + 'static) -> Self {
                self.set_token_provider(::core::option::Option::Some(token_provider.into_shared()));
                self
            }
            /// Where bearer tokens come from; nothing changes nothing.
            #[inline]
            pub fn set_token_provider(
                &mut self,
                token_provider: ::core::option::Option<SharedTokenProvider>,
            ) -> &mut Self {
                self.inner.set_token_provider(token_provider);
                self
            }
        }
    };
}

/// Settings of services with API keys.
#[macro_export]
macro_rules! client_api_key {
    () => {
        impl Builder {
            $crate::client_identity!(
                Token,
                HTTP_API_KEY_AUTH_SCHEME_ID,
                #[doc = " The API key."]
                api_key,
                #[doc = " Where API keys come from."]
                api_key_resolver,
            );
        }
    };
}

/// Settings of services with basic authentication.
#[macro_export]
macro_rules! client_basic_auth {
    () => {
        impl Builder {
            $crate::client_identity!(
                Login,
                HTTP_BASIC_AUTH_SCHEME_ID,
                #[doc = " The name and password of basic authentication."]
                basic_auth_login,
                #[doc = " Where names and passwords of basic authentication come from."]
                basic_auth_login_resolver,
            );
        }
    };
}

/// Settings of services with digest authentication.
#[macro_export]
macro_rules! client_digest_auth {
    () => {
        impl Builder {
            $crate::client_identity!(
                Login,
                HTTP_DIGEST_AUTH_SCHEME_ID,
                #[doc = " The name and password of digest authentication."]
                digest_auth_login,
                #[doc = " Where names and passwords of digest authentication come from."]
                digest_auth_login_resolver,
            );
        }
    };
}

/// A setter that takes what a way to authenticate works with, and one that takes where it comes from.
#[doc(hidden)]
#[macro_export]
macro_rules! client_identity {
    (
        $type:ident, $scheme:ident,
        #[doc = $about:literal] $name:ident,
        #[doc = $about_resolver:literal] $resolver:ident $(,)?
    ) => {
        #[doc = $about]
        #[inline]
        pub fn $name(self, $name: $type) -> Self {
            self.$resolver($name)
        }
        #[doc = $about_resolver]
        #[inline]
        pub fn $resolver(mut self, $resolver: impl ResolveIdentity + 'static) -> Self {
            self.inner.components.set_identity_resolver(api_auth::http::$scheme, $resolver);
            self
        }
    };
}
