//! One value into another, reflectively: their types may differ as long as what they hold doesn't. It must not know
//! what for.

use crate::error::Error;
use crate::value::{Ref, Slot, Structure, Union, Value};

/// Puts what is there into `to`. Says whether it could: an absent value makes `to` absent, and a value that `to` can't
/// hold leaves it with a part of it, or with none.
pub(crate) fn copy(from: Ref<'_>, to: &mut dyn Value) -> bool {
    if let Ref::Unset = from {
        to.unset();
        return true;
    }
    match (from, to.slot()) {
        (Ref::String(from), Slot::String(to)) => from.clone_into(to),
        (Ref::Enum(from), Slot::String(to)) => from.as_str().clone_into(to),
        (Ref::String(from), Slot::Enum(to)) => to.set(from),
        (Ref::Enum(from), Slot::Enum(to)) => to.set(from.as_str()),
        (Ref::Boolean(from), Slot::Boolean(to)) => *to = from,
        (Ref::Float(from), Slot::Float(to)) => *to = from,
        (Ref::Double(from), Slot::Double(to)) => *to = from,
        (Ref::BigInteger(from), Slot::BigInteger(to)) => to.clone_from(from),
        (Ref::BigDecimal(from), Slot::BigDecimal(to)) => to.clone_from(from),
        (Ref::Blob(from), Slot::Blob(to)) => to.clone_from(from),
        (Ref::Timestamp(from), Slot::Timestamp(to)) => *to = *from,
        (Ref::Document(from), Slot::Document(to)) => to.clone_from(from),
        (Ref::List(from), Slot::List(to)) => {
            to.clear();
            let mut elements = (0..from.len()).filter_map(|index| from.get(index));
            return elements.all(|element| copy(element.get(), to.push()));
        }
        (Ref::Map(from), Slot::Map(to)) => {
            to.clear();
            let fails = || Error::new("not copied");
            let copied = from.visit(&mut |key, value| {
                copy(value.get(), to.insert(key)).then_some(()).ok_or_else(fails)
            });
            return copied.is_ok();
        }
        (Ref::Structure(from), Slot::Structure(to)) => return copy_structure(from, to),
        (Ref::Union(from), Slot::Union(to)) => return copy_union(from, to),
        (from, to) => return copy_whole(from, to),
    }
    true
}

/// Whole numbers of any two types.
fn copy_whole(from: Ref<'_>, to: Slot<'_>) -> bool {
    let from: i64 = match from {
        Ref::Byte(from) => from.into(),
        Ref::Short(from) => from.into(),
        Ref::Integer(from) => from.into(),
        Ref::Long(from) => from,
        _ => return false,
    };
    fn put<T: TryFrom<i64>>(from: i64, to: &mut T) -> bool {
        T::try_from(from).map(|from| *to = from).is_ok()
    }
    match to {
        Slot::Byte(to) => put(from, to),
        Slot::Short(to) => put(from, to),
        Slot::Integer(to) => put(from, to),
        Slot::Long(to) => put(from, to),
        _ => false,
    }
}

fn copy_structure(from: &dyn Structure, to: &mut dyn Structure) -> bool {
    let members = to.schema().members();
    let mut members = members.iter().enumerate();
    members.all(|(index, member)| match from.schema().position(member.name()) {
        Some(there) => copy(from.member(there).get(), to.member_mut(index)),
        None => true,
    })
}

fn copy_union(from: &dyn Union, to: &mut dyn Union) -> bool {
    let Some((index, value)) = from.variant() else { return false };
    let name = from.schema().members().get(index).map(|member| member.name());
    let there = name.and_then(|name| to.schema().position(name));
    match there.and_then(|index| to.select(index)) {
        Some(place) => copy(value.get(), place),
        None => false,
    }
}
