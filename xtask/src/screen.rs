//! What the user sees: lines on stdout, errors on stderr, colours and widths of terminals. It must not know
//! what is said.

use std::fmt;
use std::io::{self, ErrorKind, IsTerminal, Write};

use miette::{IntoDiagnostic, MietteHandlerOpts, Report, WrapErr};

/// Standard output. When nobody reads it any more, as in `… | head`, the work goes on in silence.
pub(crate) struct Screen {
    closed: bool,
    failure: Option<io::Error>,
    colours: bool,
    width: Option<usize>,
}

/// A colour, or a weight, of text.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Style {
    Bold,
    Red,
    Green,
    Cyan,
}

impl Screen {
    /// Finds out what stdout and stderr are.
    pub(crate) fn new() -> Self {
        wrap_errors_for_terminals_only();
        let terminal = io::stdout().is_terminal();
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let size = if terminal { terminal_size::terminal_size() } else { None };
        Screen {
            closed: false,
            failure: None,
            colours: terminal && !dumb && !refused,
            width: size.map(|(width, _)| usize::from(width.0)),
        }
    }

    /// The width of the terminal, if stdout is one.
    pub(crate) fn width(&self) -> Option<usize> {
        self.width
    }

    /// The text in a style, where colours are wanted.
    pub(crate) fn paint(&self, style: Style, text: &str) -> String {
        if !self.colours {
            return text.to_owned();
        }
        let code = match style {
            Style::Bold => 1,
            Style::Red => 31,
            Style::Green => 32,
            Style::Cyan => 36,
        };
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    }

    /// Prints a line.
    pub(crate) fn line(&mut self, text: impl fmt::Display) {
        if self.closed {
            return;
        }
        if let Err(error) = writeln!(io::stdout(), "{text}") {
            self.closed = true;
            if error.kind() != ErrorKind::BrokenPipe {
                self.failure = Some(error);
            }
        }
    }

    /// Tells whether all could be printed, a reader's loss of interest aside.
    pub(crate) fn finish(self) -> miette::Result<()> {
        self.failure.map_or(Ok(()), Err).into_diagnostic().wrap_err("cannot write to stdout")
    }
}

/// Prints a line on stderr: how far the work is.
pub(crate) fn tell(text: impl fmt::Display) {
    // If stderr is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "{text}");
}

/// Prints an error, on stderr.
pub(crate) fn complain(report: &Report) {
    // If stderr is closed there is nobody to tell.
    let _ = writeln!(io::stderr(), "{report:?}");
}

/// In a log, a message that is one line can be searched for.
fn wrap_errors_for_terminals_only() {
    let wrap = io::stderr().is_terminal();
    // It fails if a hook is set already, which then serves as well.
    let _ = miette::set_hook(Box::new(move |_| {
        Box::new(MietteHandlerOpts::new().wrap_lines(wrap).break_words(wrap).build())
    }));
}
