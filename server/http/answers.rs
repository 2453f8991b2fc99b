//! The error answers that routes have in common, for the OpenAPI document. Knows no handlers.

use std::collections::BTreeMap;

use utoipa::{
    IntoResponses,
    openapi::{
        Content, RefOr, Response, ResponseBuilder,
        schema::{Ref, Schema},
    },
};

use crate::http::problem::Code;

type Answers = BTreeMap<String, RefOr<Response>>;

/// A response for each status that one of the codes has, naming the codes.
fn answers(codes: &[Code]) -> Answers {
    let mut words: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for code in codes {
        let word = serde_json::to_value(code).ok().and_then(|value| value.as_str().map(str::to_owned));
        words.entry(code.parts().0.as_u16()).or_default().extend(word);
    }
    let problem: RefOr<Schema> = Ref::from_schema_name("Problem").into();
    words
        .into_iter()
        .map(|(status, words)| {
            let content = Content::new(Some(problem.clone()));
            let response = ResponseBuilder::new()
                .description(format!("Code {}.", words.join(", ")))
                .content("application/problem+json", content)
                .build();
            (status.to_string(), response.into())
        })
        .collect()
}

macro_rules! answers {
    ($(#[$doc:meta])* $name:ident: $($code:ident)*) => {
        $(#[$doc])*
        pub struct $name;
        impl IntoResponses for $name {
            fn responses() -> Answers {
                answers(&[$(Code::$code),*])
            }
        }
    };
}

answers!(
    /// Redeeming and looking at links.
    Links: BadRequest Name Origin Invite TooBig TooSlow UnsupportedMedia
    TooMany Conflict Storage Unavailable Internal);
answers!(
    /// Reading by somebody signed in.
    Reads: Unauthorized Internal Storage);
answers!(
    /// Reading on a board.
    BoardReads: Unauthorized Forbidden NotFound Internal Storage Unavailable);
answers!(
    /// Changes with a body by somebody signed in.
    Changes: BadRequest Name Unauthorized Forbidden Origin TooBig TooSlow UnsupportedMedia TooMany Conflict
    Storage Internal);
answers!(
    /// A board file.
    Imports: BadRequest BadFile Name Unauthorized Forbidden Origin TooBig TooSlow UnsupportedMedia Conflict
    Storage Internal);
answers!(
    /// Changes on a board.
    BoardChanges: BadRequest Name Unauthorized Forbidden Origin NotFound TooBig TooSlow UnsupportedMedia
    TooMany Conflict Storage Unavailable Internal);
answers!(
    /// Reading of a series.
    SeriesReads: Unauthorized Forbidden NotFound Internal Storage);
answers!(
    /// Changes of a series.
    SeriesChanges: BadRequest Name Unauthorized Forbidden Origin NotFound Limit TooBig TooSlow UnsupportedMedia
    Conflict Storage Internal);
answers!(
    /// Commands to all boards of a workshop.
    Calls: BadRequest Name Unauthorized Forbidden Origin NotFound TooBig TooSlow UnsupportedMedia
    TooMany Limit Conflict Storage Internal);
answers!(
    /// Ballots.
    Casts: BadRequest Unauthorized Forbidden Origin NotFound TooBig TooSlow UnsupportedMedia
    TooMany Limit Conflict NotNow Storage Unavailable Internal);
answers!(
    /// Answers to surveys.
    SurveyAnswers: BadRequest Unauthorized Forbidden Origin NotFound TooBig TooSlow UnsupportedMedia
    TooMany Conflict Storage Internal);
answers!(
    /// Changes of the people and teams of a series.
    PeopleChanges: BadRequest Name Unauthorized Forbidden Origin NotFound Limit Needed TooBig TooSlow UnsupportedMedia
    TooMany Conflict Storage Unavailable Internal);
answers!(
    /// Removing somebody from a series.
    PeopleRemovals: Unauthorized Forbidden Origin NotFound Needed TooMany Conflict Storage Internal);
answers!(
    /// Taking away what something may refer to.
    Removals: Unauthorized Forbidden Origin NotFound InUse Conflict Storage Internal);
answers!(
    /// Changes without a body.
    BareChanges: Unauthorized Forbidden Origin NotFound Conflict Storage Internal);
answers!(
    /// Changes on a board that add to something of which there can be only so many.
    BoardAdditions: BadRequest Name Unauthorized Forbidden Origin NotFound TooBig TooSlow UnsupportedMedia
    TooMany Limit Conflict Storage Unavailable Internal);
answers!(
    /// Reading on a board that is counted.
    RatedReads: Unauthorized Forbidden NotFound TooMany Internal Storage Unavailable);
answers!(
    /// The same, with something to say in the query.
    Comparisons: BadRequest Unauthorized Forbidden NotFound TooMany Internal Storage Unavailable);
answers!(
    /// Changes without a body that are counted.
    RatedChanges: Unauthorized Forbidden Origin NotFound TooMany Conflict Storage Internal);
answers!(
    /// The same, by a board that must be open.
    RatedCommands: Unauthorized Forbidden Origin NotFound TooMany Conflict Storage Unavailable Internal);
answers!(
    /// Files made of a board.
    Exports: BadRequest Unauthorized Forbidden NotFound Internal Storage Unavailable);
answers!(
    /// A file that may not be ready yet.
    ExportFiles: Unauthorized Forbidden NotFound Conflict Internal Storage Unavailable);
answers!(
    /// Not ready.
    Readiness: Storage Unavailable Internal);
