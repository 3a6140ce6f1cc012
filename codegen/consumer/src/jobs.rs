//! The list of export jobs: what to ask for, page after page. It must not know how a page is got.

use std::collections::BTreeSet;

use aws_sdk_forecast::error::BuildError;
use aws_sdk_forecast::operation::list_forecast_export_jobs::{
    ListForecastExportJobs, ListForecastExportJobsInput, ListForecastExportJobsOutput,
};
use aws_sdk_forecast::types::{Filter, FilterConditionString, ForecastExportJobSummary};

use crate::client::Client;
use crate::error::{CallError, ListError};

/// Which jobs to list.
#[derive(Clone, Debug, Default)]
pub struct Query {
    /// Only those in this state.
    pub status: Option<String>,
    /// Only those that export this forecast.
    pub forecast_arn: Option<String>,
    /// How many jobs a page may hold; the service chooses if it is absent.
    pub page_size: Option<i32>,
}

impl Query {
    /// The input that asks for a page: the first one, or the one that the token stands for.
    ///
    /// # Errors
    /// If the generated crate finds a required member missing.
    pub fn input(
        &self,
        next_token: Option<String>,
    ) -> Result<ListForecastExportJobsInput, BuildError> {
        let conditions = [("ForecastArn", &self.forecast_arn), ("Status", &self.status)];
        let filters = conditions
            .into_iter()
            .filter_map(|(key, value)| Some(is(key, value.as_deref()?)))
            .collect::<Result<Vec<_>, _>>()?;
        ListForecastExportJobsInput::builder()
            .set_filters(Some(filters).filter(|filters| !filters.is_empty()))
            .set_max_results(self.page_size)
            .set_next_token(next_token)
            .build()
    }
}

fn is(key: &str, value: &str) -> Result<Filter, BuildError> {
    Filter::builder().key(key).value(value).condition(FilterConditionString::Is).build()
}

impl Client {
    /// The pages of the list, each got when it is asked for.
    #[must_use]
    pub fn pages<'a>(&'a self, query: &'a Query) -> Pages<'a> {
        Pages { client: self, query, next: Some(None), seen: BTreeSet::new() }
    }

    /// All jobs of all pages.
    ///
    /// # Errors
    /// If one of the pages can't be had.
    pub fn jobs(&self, query: &Query) -> Result<Vec<ForecastExportJobSummary>, ListError> {
        let mut jobs = Vec::new();
        for page in self.pages(query) {
            jobs.extend(page?.forecast_export_jobs.unwrap_or_default());
        }
        Ok(jobs)
    }
}

/// The pages of a list, up to the last one or the first error.
#[derive(Debug)]
pub struct Pages<'a> {
    client: &'a Client,
    query: &'a Query,
    /// The token to send next, none for the first page; `None` once there are no more pages.
    next: Option<Option<String>>,
    /// The tokens that came. One that comes again would lead round in a circle.
    seen: BTreeSet<String>,
}

impl Pages<'_> {
    fn page(&self, token: Option<String>) -> Result<ListForecastExportJobsOutput, ListError> {
        let input = self.query.input(token).map_err(|error| CallError::Request(error.into()));
        input
            .and_then(|input| self.client.call::<ListForecastExportJobs>(&input))
            .map_err(ListError::Call)
    }

    /// The token of this page, which the next one is asked for with, unless this one is the last.
    fn follow(&mut self, page: &ListForecastExportJobsOutput) -> Result<(), ListError> {
        let Some(token) = page.next_token().filter(|token| !token.is_empty()) else {
            return Ok(());
        };
        if !self.seen.insert(token.to_owned()) {
            return Err(ListError::TokenRepeated);
        }
        self.next = Some(Some(token.to_owned()));
        Ok(())
    }
}

impl Iterator for Pages<'_> {
    type Item = Result<ListForecastExportJobsOutput, ListError>;

    fn next(&mut self) -> Option<Self::Item> {
        let token = self.next.take()?;
        let page = self.page(token);
        Some(page.and_then(|page| self.follow(&page).map(|()| page)))
    }
}
