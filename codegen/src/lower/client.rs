//! What a service says of itself to its client: how its requests are authenticated, and which settings it has.
//! It must not know what clients do with that.

use std::collections::{HashMap, HashSet};

use indexmap::IndexSet;
use serde_json::Value;
use tinsmith_model::{Model, ShapeRef, Traits, trait_id};

use super::Lowering;
use crate::ir::{self, Auth};

impl Lowering<'_> {
    /// What the service says of itself to its client.
    pub(super) fn client(&mut self, operations: &[ShapeRef]) -> ir::Client {
        let service = self.model.shape(self.service);
        let schemes = self.schemes(&service.traits);
        let defaults = match auth_list(&service.traits) {
            Some(chosen) => self.chosen(self.service, &chosen, &schemes),
            None => schemes.iter().map(|(_, auth)| auth.clone()).collect(),
        };
        let operation_auth = operations
            .iter()
            .filter_map(|&r| {
                let auth = self.operation_auth(r, &defaults, &schemes)?;
                (auth != defaults).then(|| (self.model.shape(r).id.name().to_owned(), auth))
            })
            .collect();
        ir::Client {
            schemes: schemes.into_iter().map(|(_, auth)| auth).collect(),
            package: crate::package_name(self.model, self.service),
            idempotency_tokens: self.has_idempotency_tokens(),
            request_compression: self.has_request_compression(),
            auth: defaults,
            operation_auth,
            transient_errors: Vec::new(),
            bearer_token_service: None,
            auth_token: None,
            presigning: false,
            endpoint_discovery: false,
            content_sha256_header: false,
            account_id_endpoints: false,
        }
    }

    /// The ways to authenticate requests that the service declares, in the order of their traits' names, which is
    /// [the order of preference](https://smithy.io/2.0/spec/authentication-traits.html#auth-trait) unless `@auth`
    /// says another.
    fn schemes(&mut self, traits: &Traits) -> Vec<(&'static str, Auth)> {
        let mut schemes = Vec::new();
        let mut add = |id: &'static str, auth: Auth| {
            if traits.has(id) {
                schemes.push((id, auth));
            }
        };
        add(trait_id::SIGV4, Auth::Sigv4);
        add(trait_id::SIGV4A, Auth::Sigv4a);
        if let Some(auth) = traits.get(trait_id::HTTP_API_KEY_AUTH).and_then(api_key) {
            add(trait_id::HTTP_API_KEY_AUTH, auth);
        } else if traits.has(trait_id::HTTP_API_KEY_AUTH) {
            let message = "`smithy.api#httpApiKeyAuth` doesn't say where the key goes";
            let help = "give it a `name`, and an `in` that is `header` or `query`";
            self.report(self.service, None, message, help);
        }
        let mut add = |id: &'static str, auth: Auth| {
            if traits.has(id) {
                schemes.push((id, auth));
            }
        };
        add(trait_id::HTTP_BASIC_AUTH, Auth::Basic);
        add(trait_id::HTTP_BEARER_AUTH, Auth::Bearer);
        add(trait_id::HTTP_DIGEST_AUTH, Auth::Digest);
        // Endpoint rules may ask for what no trait declares: S3's, EventBridge's.
        let rules = traits.get(trait_id::ENDPOINT_RULE_SET);
        if !traits.has(trait_id::SIGV4A) && rules.is_some_and(asks_for_sigv4a) {
            let after_sigv4 = usize::from(traits.has(trait_id::SIGV4));
            schemes.insert(after_sigv4, (trait_id::SIGV4A, Auth::Sigv4a));
        }
        schemes
    }

    /// How requests of an operation are authenticated, if it says so itself.
    fn operation_auth(
        &mut self,
        r: ShapeRef,
        defaults: &[Auth],
        schemes: &[(&'static str, Auth)],
    ) -> Option<Vec<Auth>> {
        let traits = &self.model.shape(r).traits;
        let optional = traits.has(trait_id::OPTIONAL_AUTH);
        let mut auth = match auth_list(traits) {
            Some(chosen) => self.chosen(r, &chosen, schemes),
            None if optional => defaults.to_vec(),
            None => return None,
        };
        if optional || auth.is_empty() {
            auth.push(Auth::Anonymous);
        }
        Some(auth)
    }

    /// The ways that `@auth` names.
    fn chosen(
        &mut self,
        r: ShapeRef,
        names: &[String],
        schemes: &[(&'static str, Auth)],
    ) -> Vec<Auth> {
        let mut chosen = Vec::with_capacity(names.len());
        for name in names {
            match schemes.iter().find(|(id, _)| id == name) {
                Some((_, auth)) => chosen.push(auth.clone()),
                None => {
                    let message =
                        format!("`smithy.api#auth` names `{name}`, which the service doesn't have");
                    let help = "give the service that trait, or take the name out of the list";
                    self.report(r, None, message, help);
                }
            }
        }
        chosen
    }

    /// Whether any operation of the service takes an idempotency token, chosen or not: the setting is the same
    /// for all selections.
    fn has_idempotency_tokens(&self) -> bool {
        let operations = self.model.operations(self.service);
        operations.into_iter().any(|r| self.takes_idempotency_token(r))
    }

    /// Whether requests of any operation of the service are compressed, chosen or not.
    fn has_request_compression(&self) -> bool {
        let operations = self.model.operations(self.service);
        operations.into_iter().any(|r| super::is_compressed(self.model.shape(r)))
    }

    /// Whether a member of the operation's input is an idempotency token.
    pub(super) fn takes_idempotency_token(&self, r: ShapeRef) -> bool {
        let Some(operation) = self.model.shape(r).as_operation() else { return false };
        let mut members = self.model.shape(operation.input).all_members();
        members.any(|member| member.traits.has(trait_id::IDEMPOTENCY_TOKEN))
    }
}

/// The shapes of which something that they reach is sensitive: one walk upwards from those that are.
pub(super) fn sensitive_shapes(model: &Model, shapes: &IndexSet<ShapeRef>) -> HashSet<ShapeRef> {
    let mut holders: HashMap<ShapeRef, Vec<ShapeRef>> = HashMap::new();
    let mut queue = Vec::new();
    for &r in shapes {
        let shape = model.shape(r);
        let mut is_sensitive = shape.traits.has(trait_id::SENSITIVE);
        for member in shape.all_members() {
            holders.entry(member.target).or_default().push(r);
            is_sensitive |= member.traits.has(trait_id::SENSITIVE);
        }
        if is_sensitive {
            queue.push(r);
        }
    }
    let mut sensitive: HashSet<_> = queue.iter().copied().collect();
    while let Some(r) = queue.pop() {
        for &holder in holders.get(&r).into_iter().flatten() {
            if sensitive.insert(holder) {
                queue.push(holder);
            }
        }
    }
    sensitive
}

/// The list of `@auth`.
fn auth_list(traits: &Traits) -> Option<Vec<String>> {
    let list = traits.get(trait_id::AUTH)?.as_array()?;
    Some(list.iter().filter_map(Value::as_str).map(str::to_owned).collect())
}

fn api_key(api_key: &Value) -> Option<Auth> {
    let text = |key: &str| api_key.get(key).and_then(Value::as_str).map(str::to_owned);
    match text("in")?.as_str() {
        "header" => Some(Auth::ApiKeyHeader { name: text("name")?, scheme: text("scheme") }),
        "query" => Some(Auth::ApiKeyQuery(text("name")?)),
        _ => None,
    }
}

/// Whether some endpoint of the rules has the auth scheme `sigv4a`.
fn asks_for_sigv4a(rules: &Value) -> bool {
    match rules {
        Value::Object(object) => {
            object.get("name").and_then(Value::as_str) == Some("sigv4a")
                || object.values().any(asks_for_sigv4a)
        }
        Value::Array(items) => items.iter().any(asks_for_sigv4a),
        _ => false,
    }
}
