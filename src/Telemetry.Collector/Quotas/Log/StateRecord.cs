namespace Telemetry.Collector.Quotas.Log;

/// <summary>A record of the state log. Of the records of one key the last one counts.</summary>
/// <param name="Key">Its key, which begins with what kind it is: <c>reservation/…</c>, <c>limit/…</c>, <c>grant/…</c>, <c>change/…</c>, <c>threshold/…</c>.</param>
/// <param name="Owner">Whose partition it belongs to: the user, or empty for what belongs to no user.</param>
/// <param name="Value">JSON in UTF-8; empty to remove the key.</param>
internal sealed record StateRecord(string Key, string Owner, ReadOnlyMemory<byte> Value);
