//! What generated crates have of services that tell their endpoints, as a macro: see `surface.rs`. It must not know any
//! service.

/// What the client of a service has besides that tells its endpoints by `DescribeEndpoints`.
#[macro_export]
macro_rules! client_endpoint_discovery {
    () => {
        impl Client {
            /// The client with an endpoint that the service has told. The service needs that: give
            /// [`reload_task`](crate::endpoint_discovery::ReloadEndpoint::reload_task) to a task of its own, which asks
            /// again before the endpoint expires, and ends when the client is dropped.
            ///
            /// # Errors
            /// If the service doesn't tell the endpoint, or nothing that sleeps is configured.
            pub async fn with_endpoint_discovery_enabled(
                self,
            ) -> ::core::result::Result<
                (Self, $crate::client::discovery::ReloadEndpoint),
                $crate::client::BoxError,
            > {
                let conf = ::std::sync::Arc::clone(&self.conf);
                let ask = move || -> $crate::client::aws_smithy_async::future::BoxFuture<
                    'static,
                    $crate::client::discovery::Discovered,
                    $crate::client::BoxError,
                > {
                    let call = self.describe_endpoints();
                    ::std::boxed::Box::pin(async move {
                        let output = call.send().await?;
                        match output.endpoints().first() {
                            ::core::option::Option::Some(endpoint) => {
                                ::core::result::Result::Ok($crate::client::discovery::Discovered {
                                    address: ::std::borrow::ToOwned::to_owned(endpoint.address()),
                                    minutes: endpoint.cache_period_in_minutes(),
                                })
                            }
                            ::core::option::Option::None => ::core::result::Result::Err(
                                ::core::convert::From::from("the service tells no endpoint"),
                            ),
                        }
                    })
                };
                let (resolver, reload) = $crate::client::discovery::discover(
                    conf.sleep_impl(),
                    conf.time_source(),
                    ask,
                )
                .await?;
                let mut conf = conf.to_builder();
                conf.set_endpoint_resolver(::core::option::Option::Some(resolver));
                ::core::result::Result::Ok((Self::from_conf(conf.build()), reload))
            }
        }
    };
}
