//! What tokens are for, and its builder: the settings that those of all databases have, beside the database's own. It
//! must not know any service.

/// `Config` and `ConfigBuilder`, with these members beside those of all databases. Each is set as one type, seen as
/// another, and must be set: the text says that it isn't.
macro_rules! config {
    (
        $(#[$expires_in:meta])*
        expires_in;
        $(
            $(#[$docs:meta])*
            $member:ident: $type:ty, $set:ty => $get:ty, |$it:ident| $seen:expr, $missing:literal;
        )*
    ) => {
        /// What tokens are for.
        #[derive(Clone, Debug)]
        pub struct Config {
            credentials: Option<SharedCredentialsProvider>,
            $($member: $type,)*
            region: Option<Region>,
            expires_in: Option<u64>,
        }

        impl Config {
            /// A builder for [`Config`].
            #[must_use]
            pub fn builder() -> ConfigBuilder {
                ConfigBuilder::default()
            }

            /// Where credentials come from, if not from the shared configuration.
            #[must_use]
            pub fn credentials(&self) -> Option<SharedCredentialsProvider> {
                self.credentials.clone()
            }

            $(
                $(#[$docs])*
                #[must_use]
                pub fn $member(&self) -> $get {
                    let $it = &self.$member;
                    $seen
                }
            )*

            /// The region, if not that of the shared configuration.
            #[must_use]
            pub fn region(&self) -> Option<&Region> {
                self.region.as_ref()
            }

            $(#[$expires_in])*
            #[must_use]
            pub fn expires_in(&self) -> Option<u64> {
                self.expires_in
            }
        }

        /// A builder for [`Config`].
        #[derive(Debug, Default)]
        pub struct ConfigBuilder {
            credentials: Option<SharedCredentialsProvider>,
            $($member: Option<$type>,)*
            region: Option<Region>,
            expires_in: Option<u64>,
        }

        impl ConfigBuilder {
            /// Where credentials come from, if not from the shared configuration.
            #[must_use]
            pub fn credentials(mut self, credentials: impl ProvideCredentials + 'static) -> Self {
                self.credentials = Some(SharedCredentialsProvider::new(credentials));
                self
            }

            $(
                $(#[$docs])*
                #[must_use]
                pub fn $member(mut self, $member: $set) -> Self {
                    self.$member = Some($member.into());
                    self
                }
            )*

            /// The region, if not that of the shared configuration.
            #[must_use]
            pub fn region(mut self, region: Region) -> Self {
                self.region = Some(region);
                self
            }

            $(#[$expires_in])*
            #[must_use]
            pub fn expires_in(mut self, expires_in: u64) -> Self {
                self.expires_in = Some(expires_in);
                self
            }

            /// The [`Config`].
            ///
            /// # Errors
            /// If something is missing that the shared configuration doesn't have.
            pub fn build(self) -> Result<Config, BoxError> {
                Ok(Config {
                    credentials: self.credentials,
                    $($member: self.$member.ok_or($missing)?,)*
                    region: self.region,
                    expires_in: self.expires_in,
                })
            }
        }
    };
}
pub(super) use config;
