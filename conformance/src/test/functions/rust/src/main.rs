// A Lambda function in Rust with AWS's runtime crate: greets, fails or panics as the event says.
use lambda_runtime::{run, service_fn, Error, LambdaEvent};
use serde_json::{json, Value};

async fn handle(event: LambdaEvent<Value>) -> Result<Value, Error> {
    match event.payload["do"].as_str() {
        Some("fail") => Err("asked to fail".into()),
        Some("panic") => panic!("asked to panic"),
        _ => Ok(json!({
            "language": "rust",
            "echo": event.payload,
            "requestId": event.context.request_id,
            "arn": event.context.invoked_function_arn,
        })),
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    run(service_fn(handle)).await
}
