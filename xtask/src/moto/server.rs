//! moto, installed by pip and run on the loopback interface. It must not know who calls it.

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use miette::{IntoDiagnostic, WrapErr, miette};

use crate::lines::last_lines;
use crate::pip;

/// All packages, with their versions.
const REQUIREMENTS: &str = include_str!("requirements.txt");

/// The server says within this time where it is.
const PATIENCE: Duration = Duration::from_secs(120);

/// So many of the last lines that it printed are shown when it does not start.
const LINES: usize = 20;

/// What Python runs. When the standard input ends, so does the server: with whoever started it, whatever became of
/// that one. Lambda functions are not run in containers, which are not everywhere; IAM's policies of AWS are there.
const PROGRAM: &str = "\
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
from moto.core.config import default_user_config
default_user_config['lambda']['use_docker'] = False
default_user_config['iam']['load_aws_managed_policies'] = True
from moto.server import main
main(['-H', '127.0.0.1', '-p', '0'])
";

/// Before the URL, in what the server says.
const RUNNING: &str = "Running on ";

/// Where moto is installed.
pub(super) struct Installation {
    folder: PathBuf,
}

impl Installation {
    /// Installs moto into a folder below this one, unless it is there in these versions.
    pub(super) fn new(folder: &Path) -> miette::Result<Self> {
        let installed = folder.join("packages");
        let versions = installed.join("requirements.txt");
        if fs::read_to_string(&versions).is_ok_and(|there| there == REQUIREMENTS) {
            return Ok(Self { folder: installed });
        }
        let temporary = folder.join("packages.part");
        for old in [&installed, &temporary] {
            if old.exists() {
                fs::remove_dir_all(old)
                    .into_diagnostic()
                    .wrap_err_with(|| format!("cannot remove {}", old.display()))?;
            }
        }
        fs::create_dir_all(&temporary)
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot create {}", temporary.display()))?;
        let requirements = folder.join("requirements.txt");
        fs::write(&requirements, REQUIREMENTS)
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot write {}", requirements.display()))?;
        let options = [
            OsStr::new("--no-compile"),
            OsStr::new("--only-binary"),
            OsStr::new(":all:"),
            OsStr::new("--requirement"),
            requirements.as_os_str(),
            OsStr::new("--target"),
            temporary.as_os_str(),
        ];
        pip::run(
            "install",
            &options,
            "moto",
            "it takes Python 3.10 or later with pip, and a network",
        )?;
        // The versions come last, so that what is there is whole.
        fs::write(temporary.join("requirements.txt"), REQUIREMENTS)
            .and_then(|()| fs::rename(&temporary, &installed))
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot create {}", installed.display()))?;
        Ok(Self { folder: installed })
    }

    /// The folder with the packages.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

/// The server; it ends with its value.
pub(super) struct Server {
    child: Child,
    url: String,
}

impl Server {
    /// Starts it on a port that is free.
    pub(super) fn start(installation: &Installation) -> miette::Result<Self> {
        let mut child = Command::new(pip::python()?)
            .args(["-c", PROGRAM])
            .env("PYTHONPATH", installation.folder())
            .env("PYTHONUNBUFFERED", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .into_diagnostic()
            .wrap_err("cannot run Python")?;
        let stderr = child.stderr.take().ok_or_else(|| miette!("the server has no output"))?;
        // From here on, it ends with the value.
        let mut server = Self { child, url: String::new() };
        let (sender, lines) = mpsc::channel();
        thread::spawn(move || {
            // Read to the end, lest the server waits for its reader: it says a line for each request.
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut said = String::new();
        loop {
            match lines.recv_timeout(PATIENCE) {
                Ok(line) => match line.split_once(RUNNING) {
                    Some((_, url)) => {
                        server.url = url.trim().to_owned();
                        return Ok(server);
                    }
                    None => said = said + &line + "\n",
                },
                Err(RecvTimeoutError::Timeout) => {
                    return Err(miette!("moto does not say where it is after {PATIENCE:?}"));
                }
                Err(RecvTimeoutError::Disconnected) => {
                    let help = "remove target/moto, so that it is installed anew";
                    let said = last_lines(&said, LINES);
                    return Err(miette!(help = help, "{said}").wrap_err("moto does not start"));
                }
            }
        }
    }

    /// Where it is.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // If it has ended already, that is what is wanted.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
