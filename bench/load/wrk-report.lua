-- The result as one line of JSON, the last of the output.
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"requests":%d,"elapsedMs":%.3f,"p99Ms":%.3f,"errors":%d}\n',
    summary.requests, summary.duration / 1000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
