//! The parser's tree → IR, with the type of what each part finds. It must not know the text.

use jmespath::ast::{Ast, Comparator, KeyValuePair};
use jmespath::{Rcvar, Variable};
use tinsmith_model::Model;

use super::{Expression, Function, Literal, Problem, Type};

pub(super) struct Check<'a> {
    pub(super) model: &'a Model,
}

type Checked = Result<(Expression, Type), Problem>;

impl Check<'_> {
    /// The expression, and what it finds in values of the type `current`.
    pub(super) fn lower(&self, ast: &Ast, current: &Type) -> Checked {
        match ast {
            Ast::Identity { .. } => Ok((Expression::Current, current.clone())),
            Ast::Literal { value, .. } => literal(value),
            Ast::Field { name, .. } => {
                let ty = current.field(self.model, name)?;
                Ok((Expression::Fields(vec![name.clone()]), ty))
            }
            Ast::Index { idx, .. } => {
                let element = self.element(current, "takes an element of")?;
                Ok((Expression::Index(*idx), element))
            }
            Ast::Slice { step: 0, .. } => {
                Err(Problem::new("has a slice whose step is 0", "make it another number"))
            }
            Ast::Slice { start, stop, step, .. } => {
                let element = self.element(current, "takes a slice of")?;
                Ok((Expression::Slice(*start, *stop, *step), Type::List(Box::new(element))))
            }
            Ast::Subexpr { lhs, rhs, .. } => {
                let (outer, ty) = self.lower(lhs, current)?;
                let (inner, ty) = self.lower(rhs, &ty)?;
                Ok((Expression::within(outer, inner), ty))
            }
            Ast::Flatten { node, .. } => self.flatten(node, current),
            Ast::ObjectValues { node, .. } => {
                let (object, ty) = self.lower(node, current)?;
                let Some(value) = ty.values(self.model) else {
                    let message = format!("takes the values of {}", ty.describe(self.model));
                    return Err(Problem::new(message, "only objects have them"));
                };
                Ok((Expression::Values(Box::new(object)), Type::List(Box::new(value))))
            }
            Ast::Projection { lhs, rhs, .. } => {
                let (list, ty) = self.lower(lhs, current)?;
                let element = self.element(&ty, "looks into each element of")?;
                let (within, ty) = self.lower(rhs, &element)?;
                let each = Expression::Each(Box::new(list), Box::new(within));
                Ok((each, Type::List(Box::new(ty))))
            }
            Ast::Condition { predicate, then, .. } => {
                let (condition, _) = self.lower(predicate, current)?;
                let (then, ty) = self.lower(then, current)?;
                Ok((Expression::When(Box::new(condition), Box::new(then)), ty))
            }
            Ast::MultiList { elements, .. } => {
                let (elements, types) = self.several(elements, current)?;
                let element = types.into_iter().fold(Type::Null, Type::join);
                Ok((Expression::List(elements), Type::List(Box::new(element))))
            }
            Ast::MultiHash { elements, .. } => self.object(elements, current),
            Ast::Not { node, .. } => {
                let (operand, _) = self.lower(node, current)?;
                Ok((Expression::Not(Box::new(operand)), Type::Boolean))
            }
            Ast::And { lhs, rhs, .. } => self.either(lhs, rhs, current, Expression::And),
            Ast::Or { lhs, rhs, .. } => self.either(lhs, rhs, current, Expression::Or),
            Ast::Comparison { comparator, lhs, rhs, .. } => {
                self.compare(comparator, (lhs, rhs), current)
            }
            Ast::Function { name, args, .. } => {
                let function = Function::named(name)?;
                let (arguments, types) = self.several(args, current)?;
                let ty = function.value(self.model, &types)?;
                Ok((Expression::Call(function, arguments), ty))
            }
            Ast::Expref { .. } => Err(Problem::new(
                "has a reference to an expression, `&`",
                "the functions that take one aren't supported",
            )),
        }
    }

    fn element(&self, list: &Type, does: &str) -> Result<Type, Problem> {
        list.element(self.model).ok_or_else(|| {
            let message = format!("{does} {}", list.describe(self.model));
            Problem::new(message, "only lists have elements")
        })
    }

    fn several(
        &self,
        all: &[Ast],
        current: &Type,
    ) -> Result<(Vec<Expression>, Vec<Type>), Problem> {
        let all: Result<Vec<_>, _> = all.iter().map(|ast| self.lower(ast, current)).collect();
        Ok(all?.into_iter().unzip())
    }

    fn flatten(&self, node: &Ast, current: &Type) -> Checked {
        let (list, ty) = self.lower(node, current)?;
        let element = self.element(&ty, "flattens")?;
        let inner = element.element(self.model).unwrap_or(element);
        Ok((Expression::Flatten(Box::new(list)), Type::List(Box::new(inner))))
    }

    fn object(&self, elements: &[KeyValuePair], current: &Type) -> Checked {
        let (mut entries, mut types) = (Vec::new(), Vec::new());
        for KeyValuePair { key, value } in elements {
            let (value, ty) = self.lower(value, current)?;
            entries.push((key.clone(), value));
            types.push((key.clone(), ty));
        }
        Ok((Expression::Object(entries), Type::Object(types)))
    }

    fn either(
        &self,
        one: &Ast,
        other: &Ast,
        current: &Type,
        both: fn(Box<Expression>, Box<Expression>) -> Expression,
    ) -> Checked {
        let (one, one_type) = self.lower(one, current)?;
        let (other, other_type) = self.lower(other, current)?;
        Ok((both(Box::new(one), Box::new(other)), one_type.join(other_type)))
    }

    fn compare(
        &self,
        comparator: &Comparator,
        (one, other): (&Ast, &Ast),
        current: &Type,
    ) -> Checked {
        let (one, one_type) = self.lower(one, current)?;
        let (other, other_type) = self.lower(other, current)?;
        let (name, is_order) = match comparator {
            Comparator::Equal => ("Equal", false),
            Comparator::NotEqual => ("NotEqual", false),
            Comparator::LessThan => ("Less", true),
            Comparator::LessThanEqual => ("LessOrEqual", true),
            Comparator::GreaterThan => ("Greater", true),
            Comparator::GreaterThanEqual => ("GreaterOrEqual", true),
        };
        let fits = |ty: &Type| !is_order || matches!(ty, Type::Number | Type::Any | Type::Null);
        if !one_type.overlaps(&other_type) || !fits(&one_type) || !fits(&other_type) {
            let types = [&one_type, &other_type].map(|ty| ty.describe(self.model));
            let message = format!("compares {} with {}", types[0], types[1]);
            let help = "equal can only be values of one type, less or greater only numbers";
            return Err(Problem::new(message, help));
        }
        Ok((Expression::Compare(name, Box::new(one), Box::new(other)), Type::Boolean))
    }
}

fn literal(value: &Rcvar) -> Checked {
    let (literal, ty) = stated(value)?;
    Ok((Expression::Literal(literal), ty))
}

fn stated(value: &Variable) -> Result<(Literal, Type), Problem> {
    Ok(match value {
        Variable::Null => (Literal::Null, Type::Null),
        Variable::Bool(value) => (Literal::Boolean(*value), Type::Boolean),
        Variable::String(text) => (Literal::String(text.clone()), Type::String),
        Variable::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => (Literal::Integer(whole), Type::Number),
            (None, Some(float)) if float.is_finite() => (Literal::Float(float), Type::Number),
            _ => {
                let message = format!("states `{number}`, which no number holds");
                return Err(Problem::new(message, "state a smaller one"));
            }
        },
        Variable::Array(values) => {
            let values: Result<Vec<_>, _> = values.iter().map(|value| stated(value)).collect();
            let (values, types): (Vec<_>, Vec<_>) = values?.into_iter().unzip();
            let element = types.into_iter().fold(Type::Null, Type::join);
            (Literal::List(values), Type::List(Box::new(element)))
        }
        Variable::Object(entries) => {
            let (mut values, mut types) = (Vec::new(), Vec::new());
            for (key, value) in entries {
                let (value, ty) = stated(value)?;
                values.push((key.clone(), value));
                types.push((key.clone(), ty));
            }
            (Literal::Object(values), Type::Object(types))
        }
        Variable::Expref(_) => return Err(Problem::new("states an expression", "state a value")),
    })
}
