//! Every route, and the OpenAPI document made from them. Knows no handler's inside.

use std::{any::Any, sync::Arc, time::Instant};

use axum::{
    Router,
    extract::{MatchedPath, Request},
    http::header,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use tower_http::catch_panic::CatchPanicLayer;
use utoipa::{
    OpenApi,
    openapi::{
        Components,
        security::{ApiKey, ApiKeyValue, Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
    },
};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::{
    App, assets, boards, calls, collab, commands, context, control, entered, export_jobs, exports, headers, imports,
    invites, join, me, moved, organisations, people, probes,
    problem::{Code, Problem},
    purge, regroup, roles, series, series_demo, series_invites, snapshots, surveys, sync, teams, votes, workshops,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Jalostamo",
        description = "Commands, records and exports of workshop boards. Errors are problem documents with a stable \
            `code`. Boards themselves are edited over the sockets of docs/protocol.md."
    ),
    components(schemas(Problem)),
    tags(
        (name = "signing in", description = "Links, sessions, the caller"),
        (name = "boards", description = "Boards as records and files"),
        (name = "exports", description = "Boards as files to take home"),
        (name = "snapshots", description = "What a board was at a moment that somebody named"),
        (name = "facilitation", description = "What facilitators do to a running board"),
        (name = "votes", description = "Votes and their ballots"),
        (name = "surveys", description = "Feedback and the pulse of a workshop"),
        (name = "series", description = "Workshop series, their organisations and teams"),
        (name = "people", description = "People of a series: roles, teams, what they say about themselves"),
        (name = "workshops", description = "Workshops of a series and their agendas"),
        (name = "control room", description = "All teams of a series on one page"),
        (name = "invites", description = "Links to a board or a series"),
        (name = "operations", description = "For those who run the server")
    )
)]
struct Description;

/// All routes of the public listener.
pub fn router(app: App) -> Router {
    let (routes, description) = described().split_for_parts();
    let document: Arc<str> = document(description).into();
    let openapi = move || {
        let document = Arc::clone(&document);
        async move { ([(header::CONTENT_TYPE, "application/json")], document.to_string()) }
    };
    let routes = routes
        .route("/api/openapi.json", get(openapi))
        .route("/collab", get(collab::handler))
        .route("/sync/{document}", get(sync::handler))
        .route("/", get(assets::page))
        .route("/board/{board}", get(assets::page))
        .route("/board/{board}/snapshot/{snapshot}", get(assets::page))
        .route("/board/{board}/compare/{snapshot}", get(assets::page))
        .route("/series/{series}", get(assets::page))
        .route("/series/{series}/people", get(assets::page))
        .route("/series/{series}/control", get(assets::page))
        .fallback(get(fallback).fallback(unknown))
        .method_not_allowed_fallback(wrong_method);
    protected(routes.with_state(app.clone()), app)
}

/// Routes with what every answer needs: a problem for a panic, a line in the log, the headers.
pub fn protected(routes: Router, app: App) -> Router {
    routes
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(log))
        .layer(middleware::from_fn_with_state(app, headers::add))
}

fn described() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Description::openapi())
        .routes(routes!(join::look))
        .routes(routes!(join::join))
        .routes(routes!(me::read, me::change))
        .routes(routes!(me::leave))
        .routes(routes!(boards::list, boards::make))
        .routes(routes!(imports::import))
        .routes(routes!(boards::read))
        .routes(routes!(exports::json))
        .routes(routes!(exports::markdown))
        .routes(routes!(exports::svg))
        .routes(routes!(exports::png))
        .routes(routes!(exports::next_steps))
        .routes(routes!(exports::obstacles))
        .routes(routes!(exports::steps))
        .routes(routes!(export_jobs::make))
        .routes(routes!(export_jobs::read, export_jobs::cancel))
        .routes(routes!(export_jobs::file))
        .routes(routes!(snapshots::list, snapshots::take))
        .routes(routes!(snapshots::rename, snapshots::delete))
        .routes(routes!(snapshots::document))
        .routes(routes!(snapshots::compare))
        .routes(routes!(snapshots::copy))
        .routes(routes!(commands::session))
        .routes(routes!(commands::command))
        .routes(routes!(votes::list))
        .routes(routes!(votes::progress))
        .routes(routes!(votes::ballot, votes::cast))
        .routes(routes!(entered::list))
        .routes(routes!(entered::enter, entered::withdraw))
        .routes(routes!(surveys::read, surveys::answer))
        .routes(routes!(purge::purge))
        .routes(routes!(invites::list, invites::make))
        .routes(routes!(invites::revoke))
        .routes(routes!(context::read))
        .routes(routes!(moved::read))
        .merge(described_series())
        .routes(routes!(probes::live))
        .routes(routes!(probes::ready))
}

fn described_series() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(series::list, series::make))
        .routes(routes!(series_demo::make))
        .routes(routes!(series::read, series::change))
        .routes(routes!(organisations::make))
        .routes(routes!(organisations::change, organisations::delete))
        .routes(routes!(teams::make))
        .routes(routes!(teams::change))
        .merge(described_people())
        .routes(routes!(workshops::list, workshops::make))
        .routes(routes!(workshops::read, workshops::change, workshops::delete))
        .routes(routes!(workshops::agenda))
        .routes(routes!(workshops::order))
        .routes(routes!(calls::command))
        .routes(routes!(calls::session))
        .routes(routes!(surveys::of_workshop))
        .routes(routes!(surveys::of_series))
        .routes(routes!(control::read))
        .routes(routes!(control::feed))
        .routes(routes!(control::thumbnail))
        .routes(routes!(series_invites::list, series_invites::make))
        .routes(routes!(series_invites::revoke))
}

fn described_people() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(people::list))
        .routes(routes!(people::me, people::change_me))
        .routes(routes!(people::change, roles::remove))
        .routes(routes!(roles::set))
        .routes(routes!(roles::move_person))
        .routes(routes!(roles::lead))
        .routes(routes!(regroup::withdraw))
        .routes(routes!(regroup::restore))
        .routes(routes!(regroup::merge))
        .routes(routes!(regroup::split))
}

/// The OpenAPI document as JSON.
fn document(mut description: utoipa::openapi::OpenApi) -> String {
    let components = description.components.get_or_insert_with(Components::new);
    let cookie = ApiKey::Cookie(ApiKeyValue::with_description("jalostamo", "`__Host-jalostamo` under https"));
    components.add_security_scheme("cookie", SecurityScheme::ApiKey(cookie));
    components.add_security_scheme("bearer", SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer)));
    let none = Vec::<String>::new();
    description.security =
        Some(vec![SecurityRequirement::new("cookie", none.clone()), SecurityRequirement::new("bearer", none)]);
    description.to_json().unwrap_or_default()
}

/// A path without a route: a file of the browser app, or nothing.
async fn fallback(request: Request) -> Response {
    if request.uri().path().starts_with("/api/") {
        return unknown().await.into_response();
    }
    let (parts, _) = request.into_parts();
    assets::other(parts.uri, parts.headers).await
}

async fn unknown() -> Problem {
    Code::NotFound.into()
}

async fn wrong_method() -> Problem {
    Code::MethodNotAllowed.into()
}

/// The panic itself was written to stderr where it happened; its words do not leave the server.
fn panicked(_: Box<dyn Any + Send>) -> Response {
    Problem::new(Code::Internal).into_response()
}

/// One line a request: the route's template and not the path, no address, no person.
async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("none".to_owned(), |path| path.as_str().to_owned());
    let begin = Instant::now();
    let response = next.run(request).await;
    let (status, ms) = (response.status().as_u16(), begin.elapsed().as_millis() as u64);
    tracing::info!(%method, route, status, ms, "request");
    response
}
