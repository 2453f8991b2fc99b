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
    Links: BadRequest BadName Origin LinkUnknown LinkRevoked LinkExpired LinkUsedUp TooLarge TooSlow UnsupportedMedia
    RateLimited Conflict StorageFull StorageFailing Unavailable Internal);
answers!(
    /// Reading by somebody signed in.
    Reads: NotSignedIn Internal StorageFailing);
answers!(
    /// Reading on a board.
    BoardReads: NotSignedIn Forbidden NotFound Internal StorageFailing Unavailable);
answers!(
    /// Changes with a body by somebody signed in.
    Changes: BadRequest BadName NotSignedIn Forbidden Origin TooLarge TooSlow UnsupportedMedia RateLimited Conflict
    StorageFull StorageFailing Internal);
answers!(
    /// A board file.
    Imports: BadRequest BadFile BadName NotSignedIn Forbidden Origin TooLarge TooSlow UnsupportedMedia Conflict
    StorageFull StorageFailing Internal);
answers!(
    /// Changes on a board.
    BoardChanges: BadRequest BadName NotSignedIn Forbidden Origin NotFound TooLarge TooSlow UnsupportedMedia
    RateLimited Conflict StorageFull StorageFailing Unavailable Internal);
answers!(
    /// Changes without a body.
    BareChanges: NotSignedIn Forbidden Origin NotFound Conflict StorageFull StorageFailing Internal);
answers!(
    /// Not ready.
    Readiness: StorageFull StorageFailing Unavailable Internal);
