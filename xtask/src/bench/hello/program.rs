//! Lists the first forecast export jobs: the program whose build `bench hello` measures, with either crate. It is no
//! part of the command line, and knows no generated crate.

use aws_sdk_forecast::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_forecast::{Client, Config, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let credentials = Credentials::new("AKIDEXAMPLE", "secret", None, None, "example");
    let mut config = Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("us-east-1"))
        .credentials_provider(credentials);
    if let Ok(url) = std::env::var("HELLO_ENDPOINT") {
        config = config.endpoint_url(url);
    }
    let client = Client::from_conf(config.build());
    let page = client.list_forecast_export_jobs().max_results(10).send().await?;
    for job in page.forecast_export_jobs() {
        println!("{:?} {:?}", job.forecast_export_job_name(), job.status());
    }
    Ok(())
}
