use super::*;
use axum::http::HeaderValue;

fn proxies(list: &[&str]) -> Proxies {
    Proxies(list.iter().map(|text| text.parse().unwrap()).collect())
}

fn client(list: &[&str], peer: &str, forwarded: &[&str]) -> String {
    let mut headers = HeaderMap::new();
    for value in forwarded {
        headers.append("x-forwarded-for", HeaderValue::from_str(value).unwrap());
    }
    proxies(list)
        .client(peer.parse().unwrap(), &headers)
        .to_string()
}

/// S-139: nobody can choose the address that limits count.
#[test]
fn s139_only_trusted_proxies_are_believed() {
    let trusted = ["10.0.0.0/8", "::1"];
    // Nobody in between, and somebody who says so.
    assert_eq!(client(&[], "203.0.113.9", &["1.2.3.4"]), "203.0.113.9");
    assert_eq!(client(&trusted, "203.0.113.9", &["1.2.3.4"]), "203.0.113.9");
    // Through the proxy; what the client itself wrote stands before and does not count.
    assert_eq!(
        client(&trusted, "10.1.2.3", &["203.0.113.9"]),
        "203.0.113.9"
    );
    assert_eq!(
        client(&trusted, "10.1.2.3", &["1.2.3.4, 203.0.113.9"]),
        "203.0.113.9"
    );
    assert_eq!(
        client(&trusted, "10.1.2.3", &["1.2.3.4", "203.0.113.9"]),
        "203.0.113.9"
    );
    // Two proxies.
    assert_eq!(
        client(&trusted, "::1", &["203.0.113.9, 10.9.9.9"]),
        "203.0.113.9"
    );
    // Nonsense is not believed.
    assert_eq!(
        client(&trusted, "10.1.2.3", &["1.2.3.4, unknown"]),
        "10.1.2.3"
    );
    assert_eq!(
        client(&trusted, "10.1.2.3", &["[2001:db8::9]:443"]),
        "2001:db8::9"
    );
}

/// S-139: an IPv6 customer is one place, whatever address of the /64 it uses.
#[test]
fn s139_ipv6_counts_by_64() {
    let place = |text: &str| Place::from(text.parse::<IpAddr>().unwrap());
    assert_eq!(place("2001:db8:1:2::1"), place("2001:db8:1:2:ffff::9"));
    assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
    assert_ne!(place("192.0.2.1"), place("192.0.2.2"));
    assert_eq!(place("192.0.2.1"), place("::ffff:192.0.2.1"));
    assert_eq!(format!("{:?}", place("192.0.2.1")), "Place(..)");
}

#[test]
fn networks() {
    for bad in ["", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/x"] {
        assert!(bad.parse::<Network>().is_err(), "{bad}");
    }
    let network: Network = "192.168.4.0/22".parse().unwrap();
    assert!(network.holds("192.168.7.255".parse().unwrap()));
    assert!(!network.holds("192.168.8.0".parse().unwrap()));
    assert!(
        "0.0.0.0/0"
            .parse::<Network>()
            .unwrap()
            .holds("8.8.8.8".parse().unwrap())
    );
}
