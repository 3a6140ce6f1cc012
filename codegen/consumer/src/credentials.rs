//! Credentials from the environment variables that all AWS tools share. It must not know what they
//! are for.

use aws_credential_types::Credentials;

/// An environment variable that holds no usable part of the credentials.
#[derive(Debug, thiserror::Error)]
pub enum MissingCredentials {
    /// It isn't set, or empty.
    #[error("the environment variable {0} is not set")]
    NotSet(&'static str),
    /// It holds what can't stand in a header, such as the line end of the file that it was read from.
    #[error("the environment variable {0} holds a blank or a character that isn't ASCII")]
    Invalid(&'static str),
}

/// The credentials in `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and, for temporary ones,
/// `AWS_SESSION_TOKEN`; `variable` looks a variable up.
///
/// # Errors
/// If one of the first two isn't set, or any of them can't be used.
pub fn credentials(
    variable: impl Fn(&'static str) -> Option<String>,
) -> Result<Credentials, MissingCredentials> {
    let optional = |name| match variable(name).filter(|value| !value.is_empty()) {
        Some(value) if !value.bytes().all(|byte| byte.is_ascii_graphic()) => {
            Err(MissingCredentials::Invalid(name))
        }
        value => Ok(value),
    };
    let required = |name| optional(name)?.ok_or(MissingCredentials::NotSet(name));
    Ok(Credentials::new(
        required("AWS_ACCESS_KEY_ID")?,
        required("AWS_SECRET_ACCESS_KEY")?,
        optional("AWS_SESSION_TOKEN")?,
        None,
        "environment",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(set: &[(&str, &str)]) -> Result<Credentials, String> {
        let variable =
            |name: &str| set.iter().find(|(n, _)| *n == name).map(|(_, v)| v.to_string());
        credentials(variable).map_err(|error| error.to_string())
    }

    #[test]
    fn the_token_may_be_left_out() {
        let id = ("AWS_ACCESS_KEY_ID", "id");
        let secret = ("AWS_SECRET_ACCESS_KEY", "secret");
        let lasting = from(&[id, secret, ("AWS_SESSION_TOKEN", "")]).unwrap();
        assert_eq!((lasting.access_key_id(), lasting.secret_access_key()), ("id", "secret"));
        assert_eq!(lasting.session_token(), None);
        let temporary = from(&[id, secret, ("AWS_SESSION_TOKEN", "token")]).unwrap();
        assert_eq!(temporary.session_token(), Some("token"));
    }

    #[test]
    fn the_variable_at_fault_is_named() {
        let id = ("AWS_ACCESS_KEY_ID", "id");
        assert_eq!(
            from(&[id]).unwrap_err(),
            "the environment variable AWS_SECRET_ACCESS_KEY is not set"
        );
        let cut = ("AWS_SECRET_ACCESS_KEY", "secret\n");
        assert!(from(&[id, cut]).unwrap_err().contains("AWS_SECRET_ACCESS_KEY holds a blank"));
    }
}
