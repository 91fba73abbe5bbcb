use super::*;

#[test]
fn counts_requests_times_and_events() {
    let metrics = Metrics::default();
    metrics.answered("/v1/v/pull", 200, Duration::from_micros(1_500));
    metrics.answered("/v1/v/pull", 200, Duration::from_secs(9));
    metrics.answered("/v1/v/pull", 409, Duration::from_micros(10));
    metrics.count("mails_sent", 2);
    let entered = metrics.enter();
    let text = metrics.text();
    for line in [
        "sesame_requests_total{route=\"/v1/v/pull\",status=\"200\"} 2",
        "sesame_requests_total{route=\"/v1/v/pull\",status=\"409\"} 1",
        "sesame_request_seconds_bucket{route=\"/v1/v/pull\",le=\"0.001000\"} 1",
        "sesame_request_seconds_bucket{route=\"/v1/v/pull\",le=\"0.002000\"} 2",
        "sesame_request_seconds_bucket{route=\"/v1/v/pull\",le=\"+Inf\"} 3",
        "sesame_request_seconds_sum{route=\"/v1/v/pull\"} 9.001510",
        "sesame_mails_sent_total 2",
        "sesame_requests_in_flight 1",
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    drop(entered);
    assert!(metrics.text().contains("in_flight 0"));
}
