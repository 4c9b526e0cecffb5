//! The length of a route over points on the globe, along great circles.

use lambda_runtime::{run, service_fn, Error, LambdaEvent};
use serde::{Deserialize, Serialize};

const EARTH_KILOMETRES: f64 = 6371.0088;

#[derive(Deserialize)]
struct Request {
    /// Latitude and longitude of each point, in degrees.
    route: Vec<(f64, f64)>,
}

#[derive(Serialize)]
struct Response {
    legs: Vec<f64>,
    total: f64,
}

fn distance(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (latitude1, latitude2) = (from.0.to_radians(), to.0.to_radians());
    let across = ((latitude2 - latitude1) / 2.0).sin().powi(2)
        + latitude1.cos() * latitude2.cos() * ((to.1 - from.1).to_radians() / 2.0).sin().powi(2);
    2.0 * EARTH_KILOMETRES * across.sqrt().asin()
}

fn metres(kilometres: f64) -> f64 {
    (kilometres * 1000.0).round() / 1000.0
}

async fn handle(event: LambdaEvent<Request>) -> Result<Response, Error> {
    let route = event.payload.route;
    if route.len() < 2 {
        return Err("'route' needs at least two points".into());
    }
    let legs: Vec<f64> = route.windows(2).map(|leg| distance(leg[0], leg[1])).collect();
    let total = metres(legs.iter().sum());
    Ok(Response { legs: legs.into_iter().map(metres).collect(), total })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(handle)).await
}
