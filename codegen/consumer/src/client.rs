//! One call of an operation, from input to output. It must not know which operation.

use std::time::SystemTime;

use aws_sdk_forecast::operation::Operation;

use crate::endpoint::Endpoint;
use crate::error::{CallError, Refusal};
use crate::signer::Signer;
use crate::transport::Transport;

/// Where requests go, who signs them, and what carries them.
#[derive(Debug)]
pub struct Client {
    endpoint: Endpoint,
    signer: Signer,
    transport: Transport,
}

impl Client {
    /// A client of these parts.
    #[must_use]
    pub fn new(endpoint: Endpoint, signer: Signer, transport: Transport) -> Self {
        Self { endpoint, signer, transport }
    }

    /// Calls an operation, once: it doesn't try again.
    ///
    /// # Errors
    /// If the request can't be made, signed or delivered, or the service refuses it, or its answer
    /// can't be read.
    pub fn call<O: Operation>(&self, input: &O::Input) -> Result<O::Output, CallError<O::Error>> {
        let mut request = O::request(input).map_err(|error| CallError::Request(error.into()))?;
        self.endpoint.apply(&mut request).map_err(|error| CallError::Request(error.into()))?;
        self.signer.sign(&mut request, SystemTime::now()).map_err(CallError::Signature)?;
        let response = self
            .transport
            .send(request)
            .map_err(|error| CallError::Transport { endpoint: self.endpoint.to_string(), error })?;
        O::response(&response)
            .map_err(|error| CallError::Refused(Box::new(Refusal::new(&response, error))))
    }
}
