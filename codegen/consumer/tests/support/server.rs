//! An HTTP/1.1 server on the loopback interface, for a known number of requests. It must not know
//! what they ask for, and ends by itself: after the last one, or when a client keeps it waiting.

use std::io::{self, BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use http::{Request, Response};

const PATIENCE: Duration = Duration::from_secs(10);
const HEAD_LIMIT: u64 = 16 * 1024;
const BODY_LIMIT: usize = 1024 * 1024;

/// A running server.
pub(crate) struct Server {
    url: String,
    thread: JoinHandle<io::Result<Vec<Request<Vec<u8>>>>>,
}

impl Server {
    /// A server that answers so many requests, each with what `answer` makes of it.
    pub(crate) fn start(
        requests: usize,
        mut answer: impl FnMut(&Request<Vec<u8>>) -> Response<Vec<u8>> + Send + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        let thread = thread::spawn(move || {
            let mut received = Vec::with_capacity(requests);
            while received.len() < requests {
                let mut stream = accept(&listener)?;
                let request = read(&mut stream)?;
                write(&mut stream, answer(&request))?;
                received.push(request);
            }
            Ok(received)
        });
        Self { url, thread }
    }

    /// A server that gives these answers, one after the other, to whatever it is asked.
    pub(crate) fn with_answers(answers: impl IntoIterator<Item = Response<Vec<u8>>>) -> Self {
        let mut answers: Vec<_> = answers.into_iter().collect();
        answers.reverse();
        Self::start(answers.len(), move |_| answers.pop().unwrap())
    }

    /// Where it is.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The requests, in the bytes that came, once there have been as many as expected.
    pub(crate) fn received(self) -> Vec<Request<Vec<u8>>> {
        self.thread.join().unwrap().unwrap()
    }
}

/// The next connection. `accept` alone would wait for ever.
fn accept(listener: &TcpListener) -> io::Result<TcpStream> {
    listener.set_nonblocking(true)?;
    let end = Instant::now() + PATIENCE;
    loop {
        match listener.accept() {
            Ok((stream, _)) => {
                stream.set_nonblocking(false)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                stream.set_write_timeout(Some(PATIENCE))?;
                return Ok(stream);
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock && Instant::now() < end => {
                thread::sleep(Duration::from_millis(2));
            }
            Err(error) => return Err(error),
        }
    }
}

/// A request with a `Content-Length`.
fn read(stream: &mut TcpStream) -> io::Result<Request<Vec<u8>>> {
    let mut head = BufReader::new(stream).take(HEAD_LIMIT);
    let mut line = String::new();
    let mut next = |head: &mut io::Take<_>| {
        line.clear();
        BufRead::read_line(head, &mut line)?;
        let text = line.strip_suffix("\r\n").ok_or_else(|| invalid("a line has no end"))?;
        Ok::<_, io::Error>(text.to_owned())
    };
    let start = next(&mut head)?;
    let [method, target, "HTTP/1.1"] = start.split(' ').collect::<Vec<_>>()[..] else {
        return Err(invalid("not a request line of HTTP/1.1"));
    };
    let mut request = Request::builder().method(method).uri(target);
    loop {
        let line = next(&mut head)?;
        if line.is_empty() {
            break;
        }
        let (name, value) = line.split_once(':').ok_or_else(|| invalid("not a header"))?;
        request = request.header(name, value.trim_matches([' ', '\t']));
    }
    let mut request = request.body(Vec::new()).map_err(io::Error::other)?;
    let length = request.headers().get("content-length").and_then(|value| value.to_str().ok());
    let length = length.and_then(|length| length.parse().ok());
    let length = length.filter(|length| *length <= BODY_LIMIT);
    let mut body = vec![0; length.ok_or_else(|| invalid("no fit Content-Length"))?];
    head.into_inner().read_exact(&mut body)?;
    *request.body_mut() = body;
    Ok(request)
}

fn write(stream: &mut TcpStream, response: Response<Vec<u8>>) -> io::Result<()> {
    let (parts, body) = response.into_parts();
    let mut bytes = format!("HTTP/1.1 {}\r\n", parts.status).into_bytes();
    for (name, value) in &parts.headers {
        bytes.extend_from_slice(name.as_str().as_bytes());
        bytes.extend_from_slice(b": ");
        bytes.extend_from_slice(value.as_bytes());
        bytes.extend_from_slice(b"\r\n");
    }
    let length = body.len();
    write!(bytes, "content-length: {length}\r\nconnection: close\r\n\r\n")?;
    bytes.extend_from_slice(&body);
    stream.write_all(&bytes)
}

fn invalid(message: &'static str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, message)
}
