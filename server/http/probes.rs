//! Whether the process lives and can serve, and what it counts. Knows no boards.

use axum::{Router, extract::State, http::header, response::IntoResponse, routing::get};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    clock,
    error::StoreError,
    http::{
        App, answers,
        problem::{Code, Problem},
    },
    store::Health,
};

/// All is well.
#[derive(Serialize, ToSchema)]
pub struct Well {
    /// `ok`
    status: &'static str,
}

const WELL: Well = Well { status: "ok" };

/// The process lives.
#[utoipa::path(get, path = "/healthz", tag = "operations", responses((status = 200, body = Well)))]
pub async fn live() -> axum::Json<Well> {
    axum::Json(WELL)
}

/// The store can be read and written, and the server is not stopping.
#[utoipa::path(get, path = "/readyz", tag = "operations",
    responses((status = 200, body = Well), answers::Readiness))]
pub async fn ready(State(app): State<App>) -> Result<axum::Json<Well>, Problem> {
    if app.shutdown.is_cancelled() {
        return Err(Code::Unavailable.into());
    }
    let health = *app.store.health().borrow();
    match health {
        Health::Good => {}
        Health::Full => return Err(Problem::new(Code::Storage).detail("full")),
        Health::Failing => return Err(Problem::new(Code::Storage).detail("failing")),
    }
    // Nobody's session: that it is not found is read from the disk.
    match app.store.session(&[0; 32], clock::now_ms()).await {
        Ok(_) | Err(StoreError::NotFound) => Ok(axum::Json(WELL)),
        Err(error) => Err(error.into()),
    }
}

/// The routes of the metrics listener: one, in the Prometheus text format.
pub fn metrics(app: App) -> Router {
    async fn encode(State(app): State<App>) -> impl IntoResponse {
        let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
        ([(header::CONTENT_TYPE, kind)], app.metrics.encode())
    }
    Router::new().route("/metrics", get(encode)).with_state(app)
}
