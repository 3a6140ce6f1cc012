//! Streams of events: which members are one, the types that they get, the errors among their events.
//! It must not know how events look.

use std::collections::HashMap;

use tinsmith_model::{Member, Shape, ShapeRef, trait_id};

use super::Lowering;
use crate::ir::{self, Place, Role, Type};

/// Whether the shape is a stream of events.
pub(super) fn is_event_stream(shape: &Shape) -> bool {
    shape.is_union() && shape.traits.has(trait_id::STREAMING)
}

impl Lowering<'_> {
    /// The members of a union that get a variant: those of a stream's that are errors don't.
    pub(super) fn variants(&mut self, r: ShapeRef) -> Vec<Member> {
        let shape = self.model.shape(r);
        if !is_event_stream(shape) {
            return shape.members().to_vec();
        }
        for member in shape.members() {
            if !self.model.shape(member.target).is_structure() {
                let message = "only a structure can be an event";
                let help =
                    "make its target a structure, or take `smithy.api#streaming` off the union";
                self.report(r, Some(&member.name), message, help);
            }
        }
        let is_event = |member: &&Member| !self.model.shape(member.target).is_error();
        shape.members().iter().filter(is_event).cloned().collect()
    }

    /// The type of a structure's member that is a stream of events. Only a whole message can be one.
    pub(super) fn event_stream(
        &mut self,
        container: ShapeRef,
        member: &Member,
        role: &Role,
    ) -> Type {
        let sends = *role == Role::Input;
        if !sends && *role != Role::Output {
            let message = "only an operation's input or output can have a stream of events";
            let help = "take the trait `smithy.api#streaming` off its target";
            self.report(container, Some(&member.name), message, help);
        }
        let streams = |m: &&Member| self.model.shape(m.target).traits.has(trait_id::STREAMING);
        if self.model.shape(container).members().iter().filter(streams).count() > 1 {
            let message = "a message can't be more than one stream";
            let help =
                "take the trait `smithy.api#streaming` off the targets of all but one member";
            self.report(container, Some(&member.name), message, help);
        }
        if self.asks.http && !member.traits.has(trait_id::HTTP_PAYLOAD) {
            let message =
                "a stream of events is the payload, which the service's protocol wants said";
            self.report(
                container,
                Some(&member.name),
                message,
                "give it the trait `smithy.api#httpPayload`",
            );
        }
        if let Some(protocol) = self.protocols.first().filter(|protocol| !protocol.event_streams) {
            let message = format!("the protocol {} can't carry a stream of events", protocol.id);
            self.report(container, Some(&member.name), message, "leave out the operation");
        }
        let union = ir::Path { name: self.type_name(member.target), place: Place::Types };
        let error = ir::Path { name: self.stream_error(member.target).0, place: Place::Errors };
        Type::EventStream(Box::new(ir::EventStream { union, error, sends }))
    }

    /// The type and file of the error enum of a stream.
    fn stream_error(&self, union: ShapeRef) -> (String, String) {
        match self.stream_errors.get(&union) {
            Some(names) => names.clone(),
            None => unreachable!("{} is no stream of events", self.model.shape(union).id),
        }
    }

    /// The error enum of a stream: its errors, each once, in the model's order.
    pub(super) fn stream_errors(&mut self, union: ShapeRef) -> ir::StreamErrors {
        let (type_name, file) = self.stream_error(union);
        let mut lowered = ir::StreamErrors {
            type_name,
            file,
            union: self.type_name(union),
            variants: Vec::new(),
            members: Vec::new(),
        };
        let mut methods: HashMap<String, ShapeRef> = HashMap::new();
        for member in self.model.shape(union).members() {
            if !self.model.shape(member.target).is_error() {
                continue;
            }
            let variant = self.error_variant(member.target);
            self.check_method(&mut methods, &variant.snake, member.target);
            let position = lowered.variants.iter().position(|there| there.name == variant.name);
            let position = position.unwrap_or_else(|| {
                lowered.variants.push(variant);
                lowered.variants.len() - 1
            });
            lowered.members.push((member.name.clone(), position));
        }
        lowered
    }
}
