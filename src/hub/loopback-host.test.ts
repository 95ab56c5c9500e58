import assert from "node:assert/strict";
import { test } from "node:test";
import { hostnameOf, isLoopbackHost, urlHost } from "./loopback-host.ts";

test("only names of this machine are loopback", () => {
  for (const host of ["localhost", "LOCALHOST", "127.0.0.1", "127.255.0.9", "::1", "[::1]"])
    assert.equal(isLoopbackHost(host), true, host);
  for (const host of [
    "0.0.0.0",
    "::",
    "192.168.1.2",
    "127.0.0.1.example.com",
    "localhost.example.com",
    "127.0.0.256",
    "127.1",
    "",
  ])
    assert.equal(isLoopbackHost(host), false, host);
});

test("the port is taken off a Host header and nothing else", () => {
  assert.equal(hostnameOf("localhost:8080"), "localhost");
  assert.equal(hostnameOf("[::1]:8080"), "[::1]");
  assert.equal(hostnameOf("127.0.0.1"), "127.0.0.1");
  for (const hostile of ["localhost:8080@example.com", "a b", "", "localhost:port", "[::1", "localhost/x"])
    assert.equal(hostnameOf(hostile), null, hostile);
});

test("an IPv6 address stands in brackets in a URL", () => {
  assert.equal(urlHost("::1"), "[::1]");
  assert.equal(urlHost("[::1]"), "[::1]");
  assert.equal(urlHost("127.0.0.1"), "127.0.0.1");
});
