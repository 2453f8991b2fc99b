//! The OpenAPI document describes every route and every error.

use serde_json::{Value, json};

use crate::support::TestServer;

async fn document() -> Value {
    let server = TestServer::start().await;
    let answer = server.stranger().get("/api/openapi.json").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"));
    answer.json()
}

#[tokio::test]
async fn every_route_is_described() {
    let document = document().await;
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"), "{}", document["openapi"]);
    let mut routes: Vec<String> = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        routes.extend(operations.as_object().unwrap().keys().map(|method| format!("{} {path}", method.to_uppercase())));
    }
    routes.sort();
    let protocol = include_str!("../../docs/protocol.md");
    let table = protocol.split("## 6. HTTP").nth(1).unwrap();
    let mut promised: Vec<String> = table
        .lines()
        .filter(|line| line.starts_with("| `") && !line.contains("openapi.json"))
        .flat_map(|line| {
            let cell = line.split('|').nth(1).unwrap();
            let mut names = cell.split('`').filter(|part| part.contains('/') || part.contains('…'));
            let first = names.next().unwrap().to_owned();
            // "…/export.svg" beside "GET /api/boards/{board}/export.json" is its sibling.
            let siblings = names.map(|name| name.replace('…', first.rsplit_once('/').unwrap().0)).collect::<Vec<_>>();
            std::iter::once(first.clone()).chain(siblings)
        })
        .collect();
    promised.extend(["GET /healthz".to_owned(), "GET /readyz".to_owned()]);
    promised.sort();
    assert_eq!(routes, promised);
}

#[tokio::test]
async fn every_error_is_a_problem() {
    let document = document().await;
    let problem = json!({"$ref": "#/components/schemas/Problem"});
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let what = format!("{method} {path}");
            assert!(operation["summary"].is_string() || operation["description"].is_string(), "{what}");
            let responses = operation["responses"].as_object().unwrap();
            assert!(responses.keys().any(|status| status.starts_with('2')), "{what}");
            for (status, response) in responses.iter().filter(|(status, _)| !status.starts_with('2')) {
                assert_eq!(response["content"]["application/problem+json"]["schema"], problem, "{what} {status}");
            }
            if path.starts_with("/api/boards/{board}") || path.starts_with("/api/series/{series}") {
                assert!(["401", "404", "500"].iter().all(|status| responses.contains_key(*status)), "{what}");
            }
            if !operation["requestBody"].is_null() {
                assert!(["400", "403", "413", "415"].iter().all(|status| responses.contains_key(*status)), "{what}");
            }
        }
    }
}

#[tokio::test]
async fn every_reference_leads_somewhere() {
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(members) => {
                found.extend(members.get("$ref").and_then(Value::as_str));
                members.values().for_each(|member| references(member, found));
            }
            Value::Array(values) => values.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let document = document().await;
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for reference in found {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
    let codes = &document["components"]["schemas"]["Code"];
    assert!(codes.to_string().contains("\"notFound\""), "{codes}");
}

#[tokio::test]
async fn enumerations_are_described_by_the_words_on_the_wire() {
    let server = TestServer::start().await;
    let described = server.stranger().get("/api/openapi.json").await.json();
    for (name, word) in [("Language", "fi"), ("NeedType", "informationFlow"), ("Sector", "wellbeingCounty")] {
        let words = described["components"]["schemas"][name]["enum"].as_array().unwrap();
        assert!(words.contains(&word.into()), "{name}: {words:?}");
    }
}
