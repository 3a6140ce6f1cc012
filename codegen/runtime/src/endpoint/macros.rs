//! What is the same in the module `config::endpoint` of every generated crate. It must not know any parameter.

/// `Params`, `ParamsBuilder`, `ResolveEndpoint` and `DefaultResolver`, for a `static RULES`. The accessors of the single
/// parameters stand beside it, their setters are those of [`endpoint_param!`](crate::endpoint_param).
#[macro_export]
macro_rules! endpoints {
    () => {
        /// The parameters that endpoints depend on.
        #[non_exhaustive]
        #[derive(Clone, PartialEq)]
        pub struct Params {
            inner: $crate::endpoint::Params,
        }

        impl Params {
            /// A builder of parameters.
            #[inline]
            pub fn builder() -> ParamsBuilder {
                ParamsBuilder::default()
            }
        }

        impl ::core::fmt::Debug for Params {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.inner, f)
            }
        }

        /// A builder of [`Params`].
        #[derive(Clone, PartialEq)]
        pub struct ParamsBuilder {
            inner: $crate::endpoint::ParamsBuilder,
        }

        impl ParamsBuilder {
            /// The parameters, with the defaults of those that aren't set.
            ///
            /// # Errors
            /// If a required one is missing, or the region can't be part of a host.
            #[inline]
            pub fn build(self) -> ::core::result::Result<Params, InvalidParams> {
                self.inner.build().map(|inner| Params { inner })
            }
        }

        impl ::core::default::Default for ParamsBuilder {
            #[inline]
            fn default() -> Self {
                Self { inner: $crate::endpoint::Params::builder(&RULES) }
            }
        }

        impl ::core::fmt::Debug for ParamsBuilder {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(&self.inner, f)
            }
        }

        $crate::endpoint_resolver!();
    };
}

/// The setters of an endpoint parameter, in an `impl` of its builder: its position, the names of the setters, its type.
#[macro_export]
macro_rules! endpoint_param {
    ($position:literal, $field:ident, $setter:ident, $type:ty) => {
        #[doc = ::core::concat!("Sets [`", ::core::stringify!($field), "`](Params::", ::core::stringify!($field), ").")]
        #[inline]
        pub fn $field(self, value: impl ::core::convert::Into<$type>) -> Self {
            self.$setter(::core::option::Option::Some(value.into()))
        }

        #[doc = ::core::concat!("Sets [`", ::core::stringify!($field), "`](Params::", ::core::stringify!($field), "), or unsets it.")]
        #[inline]
        pub fn $setter(mut self, value: ::core::option::Option<$type>) -> Self {
            self.inner.set($position, value.map(::core::convert::Into::into));
            self
        }
    };
}

/// `ResolveEndpoint` and `DefaultResolver`, for a type `Params`.
#[doc(hidden)]
#[macro_export]
macro_rules! endpoint_resolver {
    () => {
        /// Finds the endpoints of the service's requests.
        pub trait ResolveEndpoint:
            ::core::marker::Send + ::core::marker::Sync + ::core::fmt::Debug
        {
            /// The endpoint for these parameters.
            fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a>;

            /// The resolver as clients of all services take it.
            #[inline]
            fn into_shared_resolver(self) -> SharedEndpointResolver
            where
                Self: ::core::marker::Sized + 'static,
            {
                SharedEndpointResolver::new(OfAnyParams(self))
            }
        }

        /// A resolver that takes parameters of any type, and wants its own.
        #[derive(Debug)]
        struct OfAnyParams<T>(T);

        impl<T: ResolveEndpoint> $crate::endpoint::ResolveEndpoint for OfAnyParams<T> {
            #[inline]
            fn resolve_endpoint<'a>(
                &'a self,
                params: &'a $crate::endpoint::EndpointResolverParams,
            ) -> EndpointFuture<'a> {
                match params.get::<Params>() {
                    ::core::option::Option::Some(params) => self.0.resolve_endpoint(params),
                    ::core::option::Option::None => $crate::endpoint::foreign_params(),
                }
            }

            #[inline]
            fn finalize_params<'a>(
                &'a self,
                params: &'a mut $crate::endpoint::EndpointResolverParams,
            ) -> ::core::result::Result<(), $crate::client::BoxError> {
                $crate::endpoint::finalize(params, |params| {
                    params.get_mut::<Params>().map(|params| &mut params.inner)
                });
                ::core::result::Result::Ok(())
            }
        }

        /// The resolver that goes by the service's endpoint rules.
        #[derive(Debug, Default)]
        pub struct DefaultResolver {
            inner: $crate::endpoint::Resolver,
        }

        impl DefaultResolver {
            /// A resolver.
            #[inline]
            pub fn new() -> Self {
                Self::default()
            }
        }

        impl ResolveEndpoint for DefaultResolver {
            #[inline]
            fn resolve_endpoint<'a>(&'a self, params: &'a Params) -> EndpointFuture<'a> {
                self.inner.resolve(&params.inner)
            }
        }

        /// The endpoints of the service, as its client asks for them.
        pub(crate) static ENDPOINTS: $crate::endpoint::ServiceEndpoints =
            $crate::endpoint::ServiceEndpoints {
                rules: &RULES,
                params: |inner| $crate::endpoint::EndpointResolverParams::new(Params { inner }),
                resolver: || ResolveEndpoint::into_shared_resolver(DefaultResolver::new()),
            };
    };
}
