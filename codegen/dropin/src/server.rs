//! A server on the loopback interface that does what networks and services do at their worst, a step a request. It
//! must not know services.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// Longer than this nothing is waited for, nor is more than this read.
const PATIENCE: Duration = Duration::from_secs(30);
const SIZE: usize = 1 << 20;

/// What comes of a connection, or of a request on it.
#[derive(Clone, Debug)]
pub enum Step {
    /// These bytes are the answer, and the connection stays.
    Answer(Vec<u8>),
    /// These bytes are the answer, and the connection is closed.
    AnswerAndClose(Vec<u8>),
    /// These bytes are all of the answer that ever comes.
    AnswerAndStall(Vec<u8>),
    /// These bytes are the answer, a few at a time, with such a pause after each few.
    Trickle(Vec<u8>, Duration),
    /// The connection is closed before a request is read.
    CloseAtOnce,
    /// The connection is closed when the request has been read.
    Close,
    /// The same, and what is on its way is thrown away.
    Reset,
    /// No answer ever comes.
    Stall,
}

/// What has come so far.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Seen {
    /// How many connections were made.
    pub connections: usize,
    /// The requests that were read as a whole: their heads and bodies.
    pub requests: Vec<String>,
}

/// The server. It ends with its value.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    task: JoinHandle<()>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Server {
    /// Starts a server that takes these steps in turn, and the last one again and again.
    pub async fn start(steps: Vec<Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("there is a port left");
        let address = listener.local_addr().expect("it is bound");
        let seen = Arc::new(Mutex::new(Seen::default()));
        let work = Work { steps: Arc::new(Mutex::new((steps, 0))), seen: Arc::clone(&seen) };
        let task = tokio::spawn(async move {
            // Connections end with the server.
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                work.seen.lock().expect("nobody panics meanwhile").connections += 1;
                connections.spawn(work.clone().connection(stream));
            }
        });
        Self { address, seen, task }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What has come so far.
    pub fn seen(&self) -> Seen {
        self.seen.lock().expect("nobody panics meanwhile").clone()
    }
}

#[derive(Clone)]
struct Work {
    /// The steps, and how many of them are taken.
    steps: Arc<Mutex<(Vec<Step>, usize)>>,
    seen: Arc<Mutex<Seen>>,
}

impl Work {
    /// The step to take next, which is taken if it is of this kind.
    fn take(&self, wanted: impl Fn(&Step) -> bool) -> Option<Step> {
        let mut steps = self.steps.lock().expect("nobody panics meanwhile");
        let (all, taken) = &mut *steps;
        let step = all.get(*taken).or(all.last())?.clone();
        if wanted(&step) {
            *taken += 1;
            return Some(step);
        }
        None
    }

    async fn connection(self, mut stream: TcpStream) {
        if self.take(|step| matches!(step, Step::CloseAtOnce)).is_some() {
            return;
        }
        while let Some(request) = read(&mut stream).await {
            self.seen.lock().expect("nobody panics meanwhile").requests.push(request);
            let Some(step) = self.take(|_| true) else { return };
            if !answer(&mut stream, step).await {
                return;
            }
        }
    }
}

/// Takes a step; whether the connection goes on.
async fn answer(stream: &mut TcpStream, step: Step) -> bool {
    match step {
        Step::Answer(bytes) => return write(stream, &bytes).await,
        Step::AnswerAndClose(bytes) => {
            write(stream, &bytes).await;
        }
        Step::AnswerAndStall(bytes) => {
            write(stream, &bytes).await;
            tokio::time::sleep(PATIENCE).await;
        }
        Step::Trickle(bytes, pause) => {
            for few in bytes.chunks(16) {
                if !write(stream, few).await {
                    return false;
                }
                tokio::time::sleep(pause).await;
            }
            return true;
        }
        Step::CloseAtOnce | Step::Close => {}
        Step::Reset => {
            // A connection that doesn't linger is reset when it is dropped.
            let _ = stream.set_zero_linger();
        }
        Step::Stall => tokio::time::sleep(PATIENCE).await,
    }
    false
}

async fn write(stream: &mut TcpStream, bytes: &[u8]) -> bool {
    matches!(timeout(PATIENCE, stream.write_all(bytes)).await, Ok(Ok(())))
}

/// A whole request; nothing if the connection ends before, or there is too much of it.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        if let Some(length) = length(&bytes)
            && bytes.len() >= length
        {
            return Some(String::from_utf8_lossy(&bytes).into_owned());
        }
        match timeout(PATIENCE, stream.read(&mut chunk)).await {
            Ok(Ok(read)) if read > 0 && bytes.len() < SIZE => {
                bytes.extend_from_slice(&chunk[..read]);
            }
            _ => return None,
        }
    }
}

/// How long a request is whose head is there.
fn length(bytes: &[u8]) -> Option<usize> {
    let head = bytes.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
    Some(head + length.and_then(|length| length.trim().parse().ok()).unwrap_or(0))
}
