//! The builder in a generated crate's `config`, as a macro: see `surface.rs`. It must not know any service.

/// The part of [`client_config!`](crate::client_config) that is the builder.
#[doc(hidden)]
#[macro_export]
macro_rules! client_config_builder {
    ($schema:path) => {
        impl Builder {
            /// A builder without settings.
            #[inline]
            pub fn new() -> Self {
                Self::default()
            }
            /// Emits the values of input members with these names as telemetry attributes, and lets interceptors
            /// see them.
            #[inline]
            pub fn emit_input_attributes(
                mut self,
                names: impl ::core::iter::IntoIterator<
                    Item = impl ::core::convert::Into<::std::string::String>,
                >,
            ) -> Self {
                let names = names.into_iter().map(::core::convert::Into::into).collect();
                self.inner.request_attributes(names, true);
                self
            }
            /// Lets interceptors see the values of input members with these names.
            #[inline]
            pub fn capture_input_attributes(
                mut self,
                names: impl ::core::iter::IntoIterator<
                    Item = impl ::core::convert::Into<::std::string::String>,
                >,
            ) -> Self {
                let names = names.into_iter().map(::core::convert::Into::into).collect();
                self.inner.request_attributes(names, false);
                self
            }
            $crate::client_setting!(
                #[doc = " What is done about streams that stand still."]
                stalled_stream_protection, set_stalled_stream_protection,
                stalled_stream_protection_config: StalledStreamProtectionConfig => store
            );
            /// What sends requests.
            #[inline]
            pub fn http_client(mut self, http_client: impl HttpClient + 'static) -> Self {
                self.set_http_client(::core::option::Option::Some(http_client.into_shared()));
                self
            }
            /// What sends requests, or nothing for the default.
            #[inline]
            pub fn set_http_client(
                &mut self,
                http_client: ::core::option::Option<SharedHttpClient>,
            ) -> &mut Self {
                self.inner.components.set_http_client(http_client);
                self
            }
            /// Adds a way to authenticate requests.
            #[inline]
            pub fn push_auth_scheme(
                mut self,
                auth_scheme: impl api_auth::AuthScheme + 'static,
            ) -> Self {
                self.inner.components.push_auth_scheme(auth_scheme);
                self
            }
            /// Replaces what chooses how a request is authenticated.
            #[inline]
            pub fn auth_scheme_resolver(
                mut self,
                auth_scheme_resolver: impl auth::ResolveAuthScheme + 'static,
            ) -> Self {
                self.set_auth_scheme_resolver(auth_scheme_resolver);
                self
            }
            /// Replaces what chooses how a request is authenticated.
            #[inline]
            pub fn set_auth_scheme_resolver(
                &mut self,
                auth_scheme_resolver: impl auth::ResolveAuthScheme + 'static,
            ) -> &mut Self {
                let resolver = auth_scheme_resolver.into_shared_resolver();
                self.inner
                    .components
                    .set_auth_scheme_option_resolver(::core::option::Option::Some(resolver));
                self
            }
            /// Sends requests without authentication where no other way is possible.
            #[inline]
            pub fn allow_no_auth(mut self) -> Self {
                self.set_allow_no_auth();
                self
            }
            /// Sends requests without authentication where no other way is possible.
            #[inline]
            pub fn set_allow_no_auth(&mut self) -> &mut Self {
                self.inner.allow_no_auth();
                self
            }
            /// Which ways to authenticate requests are preferred, best first.
            #[inline]
            pub fn auth_scheme_preference(
                mut self,
                preference: impl ::core::convert::Into<api_auth::AuthSchemePreference>,
            ) -> Self {
                self.set_auth_scheme_preference(::core::option::Option::Some(preference.into()));
                self
            }
            /// Which ways to authenticate requests are preferred, best first.
            #[inline]
            pub fn set_auth_scheme_preference(
                &mut self,
                preference: ::core::option::Option<api_auth::AuthSchemePreference>,
            ) -> &mut Self {
                self.inner.store(preference);
                self
            }
            /// Replaces what resolves endpoints.
            #[inline]
            pub fn endpoint_resolver(
                mut self,
                endpoint_resolver: impl endpoint::ResolveEndpoint + 'static,
            ) -> Self {
                let resolver = endpoint_resolver.into_shared_resolver();
                self.set_endpoint_resolver(::core::option::Option::Some(resolver));
                self
            }
            /// Replaces what resolves endpoints, or nothing for the default.
            #[inline]
            pub fn set_endpoint_resolver(
                &mut self,
                endpoint_resolver: ::core::option::Option<endpoint::SharedEndpointResolver>,
            ) -> &mut Self {
                self.inner.components.set_endpoint_resolver(endpoint_resolver);
                self
            }
            $crate::client_setting!(
                #[doc = " How failed requests are tried again."]
                retry_config, set_retry_config, retry_config: RetryConfig => store_some
            );
            /// What sleeps between retries and for timeouts.
            #[inline]
            pub fn sleep_impl(mut self, sleep_impl: impl AsyncSleep + 'static) -> Self {
                self.set_sleep_impl(::core::option::Option::Some(sleep_impl.into_shared()));
                self
            }
            /// What sleeps between retries and for timeouts, or nothing for the default.
            #[inline]
            pub fn set_sleep_impl(
                &mut self,
                sleep_impl: ::core::option::Option<SharedAsyncSleep>,
            ) -> &mut Self {
                self.inner.components.set_sleep_impl(sleep_impl);
                self
            }
            $crate::client_setting!(
                #[doc = " How long things may take. What isn't said stays as it was."]
                timeout_config, set_timeout_config, timeout_config: TimeoutConfig => set_timeouts
            );
            $crate::client_setting!(
                #[doc = " What the client shares its limits on retries with."]
                retry_partition, set_retry_partition,
                retry_partition: retry::RetryPartition => store_some
            );
            /// Where identities are kept until they expire.
            #[inline]
            pub fn identity_cache(
                mut self,
                identity_cache: impl ResolveCachedIdentity + 'static,
            ) -> Self {
                self.set_identity_cache(identity_cache);
                self
            }
            /// Where identities are kept until they expire.
            #[inline]
            pub fn set_identity_cache(
                &mut self,
                identity_cache: impl ResolveCachedIdentity + 'static,
            ) -> &mut Self {
                self.inner
                    .components
                    .set_identity_cache(::core::option::Option::Some(identity_cache));
                self
            }
            /// Adds an interceptor of all calls.
            #[inline]
            pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
                self.push_interceptor(SharedInterceptor::new(interceptor));
                self
            }
            /// Adds an interceptor of all calls.
            #[inline]
            pub fn push_interceptor(&mut self, interceptor: SharedInterceptor) -> &mut Self {
                self.inner.components.push_interceptor(interceptor);
                self
            }
            /// Replaces the interceptors of all calls.
            #[inline]
            pub fn set_interceptors(
                &mut self,
                interceptors: impl ::core::iter::IntoIterator<Item = SharedInterceptor>,
            ) -> &mut Self {
                self.inner.components.set_interceptors(interceptors.into_iter());
                self
            }
            /// What tells the time.
            #[inline]
            pub fn time_source(mut self, time_source: impl TimeSource + 'static) -> Self {
                self.set_time_source(::core::option::Option::Some(time_source.into_shared()));
                self
            }
            /// What tells the time, or nothing for the default.
            #[inline]
            pub fn set_time_source(
                &mut self,
                time_source: ::core::option::Option<SharedTimeSource>,
            ) -> &mut Self {
                self.inner.components.set_time_source(time_source);
                self
            }
            /// Adds what tells which failures may pass.
            #[inline]
            pub fn retry_classifier(
                mut self,
                retry_classifier: impl api_retries::classifiers::ClassifyRetry + 'static,
            ) -> Self {
                self.push_retry_classifier(api_retries::classifiers::SharedRetryClassifier::new(
                    retry_classifier,
                ));
                self
            }
            /// Adds what tells which failures may pass.
            #[inline]
            pub fn push_retry_classifier(
                &mut self,
                retry_classifier: api_retries::classifiers::SharedRetryClassifier,
            ) -> &mut Self {
                self.inner.components.push_retry_classifier(retry_classifier);
                self
            }
            /// Replaces what was added to tell which failures may pass.
            #[inline]
            pub fn set_retry_classifiers(
                &mut self,
                retry_classifiers: impl ::core::iter::IntoIterator<
                    Item = api_retries::classifiers::SharedRetryClassifier,
                >,
            ) -> &mut Self {
                self.inner.components.set_retry_classifiers(retry_classifiers.into_iter());
                self
            }
            $crate::client_setting!(
                #[doc = " What the program is called in the user agent."]
                app_name, set_app_name, app_name: AppName => store
            );
            /// Adds what a framework says of itself to the user agent.
            #[inline]
            pub fn framework_metadata(mut self, framework_metadata: FrameworkMetadata) -> Self {
                self.push_framework_metadata(framework_metadata);
                self
            }
            /// Adds what a framework says of itself to the user agent.
            #[inline]
            pub fn push_framework_metadata(
                &mut self,
                framework_metadata: FrameworkMetadata,
            ) -> &mut Self {
                self.inner.push_framework_metadata(framework_metadata);
                self
            }
            /// Leaves the difference between the service's clock and this machine's alone.
            #[inline]
            pub fn disable_clock_skew_correction(
                mut self,
                disable_clock_skew_correction: impl ::core::convert::Into<
                    ::core::option::Option<bool>,
                >,
            ) -> Self {
                self.set_disable_clock_skew_correction(disable_clock_skew_correction.into());
                self
            }
            /// Leaves the difference between the service's clock and this machine's alone.
            #[inline]
            pub fn set_disable_clock_skew_correction(
                &mut self,
                disable_clock_skew_correction: ::core::option::Option<bool>,
            ) -> &mut Self {
                self.inner.set_disable_clock_skew_correction(disable_clock_skew_correction);
                self
            }
            /// Replaces what makes the IDs of invocations.
            #[inline]
            pub fn invocation_id_generator(
                mut self,
                r#gen: impl aws_runtime::invocation_id::InvocationIdGenerator + 'static,
            ) -> Self {
                self.set_invocation_id_generator(::core::option::Option::Some(
                    aws_runtime::invocation_id::SharedInvocationIdGenerator::new(r#gen),
                ));
                self
            }
            /// Replaces what makes the IDs of invocations, or nothing for the default.
            #[inline]
            pub fn set_invocation_id_generator(
                &mut self,
                r#gen: ::core::option::Option<
                    aws_runtime::invocation_id::SharedInvocationIdGenerator,
                >,
            ) -> &mut Self {
                self.inner.store(r#gen);
                self
            }
            /// The endpoint that requests go to, in the place of the service's own.
            #[inline]
            pub fn endpoint_url(
                mut self,
                endpoint_url: impl ::core::convert::Into<::std::string::String>,
            ) -> Self {
                self.set_endpoint_url(::core::option::Option::Some(endpoint_url.into()));
                self
            }
            /// The endpoint that requests go to, or nothing for the service's own.
            #[inline]
            pub fn set_endpoint_url(
                &mut self,
                endpoint_url: ::core::option::Option<::std::string::String>,
            ) -> &mut Self {
                self.inner.store(endpoint_url.map(aws_types::endpoint_config::EndpointUrl));
                self
            }
            /// Uses endpoints that can be reached by IPv4 and IPv6.
            #[inline]
            pub fn use_dual_stack(
                mut self,
                use_dual_stack: impl ::core::convert::Into<bool>,
            ) -> Self {
                self.set_use_dual_stack(::core::option::Option::Some(use_dual_stack.into()));
                self
            }
            /// Uses endpoints that can be reached by IPv4 and IPv6.
            #[inline]
            pub fn set_use_dual_stack(
                &mut self,
                use_dual_stack: ::core::option::Option<bool>,
            ) -> &mut Self {
                self.inner.store(use_dual_stack.map(aws_types::endpoint_config::UseDualStack));
                self
            }
            /// Uses endpoints that comply with FIPS.
            #[inline]
            pub fn use_fips(mut self, use_fips: impl ::core::convert::Into<bool>) -> Self {
                self.set_use_fips(::core::option::Option::Some(use_fips.into()));
                self
            }
            /// Uses endpoints that comply with FIPS.
            #[inline]
            pub fn set_use_fips(&mut self, use_fips: ::core::option::Option<bool>) -> &mut Self {
                self.inner.store(use_fips.map(aws_types::endpoint_config::UseFips));
                self
            }
            /// The region that requests go to.
            #[inline]
            pub fn region(
                mut self,
                region: impl ::core::convert::Into<::core::option::Option<Region>>,
            ) -> Self {
                self.set_region(region.into());
                self
            }
            /// The region that requests go to.
            #[inline]
            pub fn set_region(&mut self, region: ::core::option::Option<Region>) -> &mut Self {
                self.inner.store(region);
                self
            }
            /// Where credentials come from.
            #[inline]
            pub fn credentials_provider(
                mut self,
                credentials_provider: impl ProvideCredentials + 'static,
            ) -> Self {
                self.set_credentials_provider(::core::option::Option::Some(
                    SharedCredentialsProvider::new(credentials_provider),
                ));
                self
            }
            /// Where credentials come from; nothing changes nothing.
            #[inline]
            pub fn set_credentials_provider(
                &mut self,
                credentials_provider: ::core::option::Option<SharedCredentialsProvider>,
            ) -> &mut Self {
                self.inner.set_credentials_provider(credentials_provider);
                self
            }
            /// The version of the client's behavior.
            #[inline]
            pub fn behavior_version(mut self, behavior_version: BehaviorVersion) -> Self {
                self.set_behavior_version(::core::option::Option::Some(behavior_version));
                self
            }
            /// The version of the client's behavior.
            #[inline]
            pub fn set_behavior_version(
                &mut self,
                behavior_version: ::core::option::Option<BehaviorVersion>,
            ) -> &mut Self {
                self.inner.set_behavior_version(behavior_version);
                self
            }
            /// The latest version of the client's behavior.
            #[inline]
            pub fn behavior_version_latest(self) -> Self {
                self.behavior_version(BehaviorVersion::latest())
            }
            /// What tests want to be the same each time: the time, the user agent, credentials, the latest
            /// behavior version.
            #[cfg(feature = "test-util")]
            #[inline]
            pub fn apply_test_defaults(&mut self) -> &mut Self {
                self.inner.apply_test_defaults(&$schema);
                self
            }
            /// See [`apply_test_defaults`](Self::apply_test_defaults).
            #[cfg(feature = "test-util")]
            #[inline]
            pub fn with_test_defaults(mut self) -> Self {
                self.apply_test_defaults();
                self
            }
            /// The same as [`apply_test_defaults`](Self::apply_test_defaults), and a region if there is none.
            #[cfg(feature = "test-util")]
            #[inline]
            pub fn apply_test_defaults_v2(&mut self) -> &mut Self {
                self.apply_test_defaults();
                if self.inner.load::<Region>().is_none() {
                    self.set_region(::core::option::Option::Some(Region::from_static("us-east-1")));
                }
                self
            }
            /// See [`apply_test_defaults_v2`](Self::apply_test_defaults_v2).
            #[cfg(feature = "test-util")]
            #[inline]
            pub fn with_test_defaults_v2(mut self) -> Self {
                self.apply_test_defaults_v2();
                self
            }
            /// The configuration.
            #[inline]
            pub fn build(self) -> Config {
                Config { inner: self.inner.build(&$schema) }
            }
        }

        impl ::core::convert::From<&aws_types::sdk_config::SdkConfig> for Builder {
            #[inline]
            fn from(input: &aws_types::sdk_config::SdkConfig) -> Self {
                Self { inner: $crate::client::ConfigBuilder::from_sdk_config(input, &$schema) }
            }
        }

        impl ::core::convert::From<&aws_types::sdk_config::SdkConfig> for Config {
            #[inline]
            fn from(sdk_config: &aws_types::sdk_config::SdkConfig) -> Self {
                Builder::from(sdk_config).build()
            }
        }
    };
}

/// A setter that takes a value, and one that takes an `Option` of it.
#[doc(hidden)]
#[macro_export]
macro_rules! client_setting {
    (#[doc = $about:literal] $name:ident, $set:ident, $parameter:ident: $type:ty => $store:ident) => {
        #[doc = $about]
        #[inline]
        pub fn $name(mut self, $parameter: $type) -> Self {
            self.$set(::core::option::Option::Some($parameter));
            self
        }
        #[doc = $about]
        #[inline]
        pub fn $set(&mut self, $parameter: ::core::option::Option<$type>) -> &mut Self {
            self.inner.$store($parameter);
            self
        }
    };
}
