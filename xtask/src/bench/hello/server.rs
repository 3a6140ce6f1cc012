//! A server on this machine that has one forecast export job, whoever asks for what. It must not know who asks.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use miette::{IntoDiagnostic, WrapErr};

/// The job's name.
pub(super) const JOB: &str = "nightly-export";

/// Starts it on a port that is free; it ends with this process. The URL.
pub(super) fn start() -> miette::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").into_diagnostic();
    let listener = listener.wrap_err("cannot listen on 127.0.0.1")?;
    let url = format!("http://{}", listener.local_addr().into_diagnostic()?);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // Whoever breaks off is told by what it prints.
            let _ = answer(stream);
        }
    });
    Ok(url)
}

fn answer(mut stream: TcpStream) -> io::Result<()> {
    let mut request = BufReader::new(stream.try_clone()?);
    let mut length = 0;
    loop {
        let mut line = String::new();
        if request.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        let header =
            line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
        length = header.map_or(Ok(length), |(_, value)| value.trim().parse()).unwrap_or_default();
    }
    io::copy(&mut request.take(length), &mut io::sink())?;
    let job = format!("{{\"ForecastExportJobName\":\"{JOB}\",\"Status\":\"ACTIVE\"}}");
    let body = format!("{{\"ForecastExportJobs\":[{job}]}}");
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_asks_gets_the_job() {
        let url = start().unwrap();
        for _ in 0..2 {
            let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
            stream.write_all(b"POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}").unwrap();
            let mut said = String::new();
            stream.read_to_string(&mut said).unwrap();
            let (head, body) = said.split_once("\r\n\r\n").unwrap();
            assert!(head.contains(&format!("content-length: {}", body.len())), "{said}");
            let body: serde_json::Value = serde_json::from_str(body).unwrap();
            assert_eq!(body["ForecastExportJobs"][0]["ForecastExportJobName"], JOB);
        }
    }
}
