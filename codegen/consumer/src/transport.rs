//! The HTTP client: sends a request, keeps the whole response. It must not know what either means.

use std::time::Duration;

use http::{Request, Response};
use ureq::Agent;

/// A blocking HTTP/1.1 client with TLS. Any other would do.
#[derive(Clone, Debug)]
pub struct Transport {
    agent: Agent,
}

impl Transport {
    /// A client that uses the proxy which the environment names, if it names one.
    #[must_use]
    pub fn new() -> Self {
        Self { agent: config().build().into() }
    }

    /// A client that never uses a proxy.
    #[must_use]
    pub fn direct() -> Self {
        Self { agent: config().proxy(None).build().into() }
    }

    /// Sends the request and reads the response, whatever its status.
    ///
    /// # Errors
    /// If no whole response comes back in time.
    pub fn send(&self, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, ureq::Error> {
        let (parts, mut body) = self.agent.run(request)?.into_parts();
        Ok(Response::from_parts(parts, body.read_to_vec()?))
    }
}

impl Default for Transport {
    fn default() -> Self {
        Self::new()
    }
}

fn config() -> ureq::config::ConfigBuilder<ureq::typestate::AgentScope> {
    Agent::config_builder()
        // The body of an error says which one it is.
        .http_status_as_error(false)
        // A signature is good for one host only.
        .max_redirects(0)
        .timeout_connect(Some(Duration::from_secs(10)))
        .timeout_global(Some(Duration::from_secs(60)))
        .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
}
