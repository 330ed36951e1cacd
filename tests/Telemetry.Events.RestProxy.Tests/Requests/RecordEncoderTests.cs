using System.Text;
using System.Text.Json;
using FsCheck.Xunit;
using Telemetry.Events.RestProxy.Tests.Support;
using Telemetry.Events.Transport;

namespace Telemetry.Events.RestProxy.Tests.Requests;

public class RecordEncoderTests
{
    // base64 of "application/cloudevents+json; charset=UTF-8"
    private const string ContentType = "YXBwbGljYXRpb24vY2xvdWRldmVudHMranNvbjsgY2hhcnNldD1VVEYtOA==";

    [Theory]
    [InlineData(RestProxyDialect.ConfluentV2, RestProxyFormat.Binary, """{"records":[{"key":"aw==","value":"e30="},{"value":"WzFd"}]}""")]
    [InlineData(RestProxyDialect.ConfluentV2, RestProxyFormat.Json, """{"records":[{"key":"k","value":{}},{"value":[1]}]}""")]
    [InlineData(RestProxyDialect.Strimzi, RestProxyFormat.Binary, """{"records":[{"key":"aw==","value":"e30=","headers":[{"key":"content-type","value":"HEADER"}]},{"value":"WzFd","headers":[{"key":"content-type","value":"HEADER"}]}]}""")]
    [InlineData(RestProxyDialect.Strimzi, RestProxyFormat.Json, """{"records":[{"key":"k","value":{},"headers":[{"key":"content-type","value":"HEADER"}]},{"value":[1],"headers":[{"key":"content-type","value":"HEADER"}]}]}""")]
    [InlineData(RestProxyDialect.ConfluentV3, RestProxyFormat.Binary, """{"key":{"type":"BINARY","data":"aw=="},"value":{"type":"BINARY","data":"e30="},"headers":[{"name":"content-type","value":"HEADER"}]}|{"value":{"type":"BINARY","data":"WzFd"},"headers":[{"name":"content-type","value":"HEADER"}]}""")]
    [InlineData(RestProxyDialect.ConfluentV3, RestProxyFormat.Json, """{"key":{"type":"BINARY","data":"aw=="},"value":{"type":"JSON","data":{}},"headers":[{"name":"content-type","value":"HEADER"}]}|{"value":{"type":"JSON","data":[1]},"headers":[{"name":"content-type","value":"HEADER"}]}""")]
    public void A_request_is_written_as_the_dialect_has_it(RestProxyDialect dialect, RestProxyFormat format, string expected)
    {
        OutgoingEvent[] batch = [TestEvents.Create("k", "{}"u8.ToArray()), TestEvents.Create(null, "[1]"u8.ToArray())];

        var (text, count) = Encode(dialect, format, batch, int.MaxValue);

        Assert.Equal(expected.Replace("HEADER", ContentType, StringComparison.Ordinal).Replace('|', '\n'), text);
        Assert.Equal(2, count);
    }

    [Theory]
    [InlineData(RestProxyDialect.ConfluentV2, RestProxyFormat.Binary, "application/vnd.kafka.binary.v2+json")]
    [InlineData(RestProxyDialect.Strimzi, RestProxyFormat.Json, "application/vnd.kafka.json.v2+json")]
    [InlineData(RestProxyDialect.ConfluentV3, RestProxyFormat.Json, "application/json")]
    public void The_content_type_is_exact(RestProxyDialect dialect, RestProxyFormat format, string expected) =>
        Assert.Equal(expected, RecordLayout.For(dialect, format).ContentType);

    [Property(MaxTest = 500)]
    public void Any_key_and_body_come_back_from_the_base64(byte[] key, byte[] body)
    {
        var outgoing = new OutgoingEvent(Guid.Empty, "t", key, body);

        var (text, _) = Encode(RestProxyDialect.ConfluentV2, RestProxyFormat.Binary, [outgoing], int.MaxValue);

        using var json = JsonDocument.Parse(text);
        var record = json.RootElement.GetProperty("records")[0];
        Assert.Equal(body, record.GetProperty("value").GetBytesFromBase64());
        Assert.Equal(key, record.TryGetProperty("key", out var written) ? written.GetBytesFromBase64() : []);
    }

    [Property(MaxTest = 500)]
    public void Any_key_makes_well_formed_JSON_in_the_json_format(byte[] key)
    {
        var outgoing = new OutgoingEvent(Guid.Empty, "t", key, "1"u8.ToArray());

        var (text, _) = Encode(RestProxyDialect.ConfluentV2, RestProxyFormat.Json, [outgoing], int.MaxValue);

        using var json = JsonDocument.Parse(text);
        var record = json.RootElement.GetProperty("records")[0];
        Assert.Equal(Encoding.UTF8.GetString(key), record.TryGetProperty("key", out var written) ? written.GetString() : "");
    }

    [Property(MaxTest = 200)]
    public void A_request_stays_within_the_limit_unless_it_holds_one_record(ushort[] sizes, ushort limit)
    {
        var batch = sizes.Append((ushort)1).Select(size => TestEvents.Create("k", new byte[size])).ToArray();

        var (text, count) = Encode(RestProxyDialect.Strimzi, RestProxyFormat.Binary, batch, limit);

        Assert.InRange(count, 1, batch.Length);
        Assert.True(count == 1 || text.Length <= limit);
    }

    private static (string Text, int Count) Encode(RestProxyDialect dialect, RestProxyFormat format, OutgoingEvent[] batch, int maxBytes)
    {
        using var buffer = new PooledBuffer();
        var count = RecordEncoder.Encode(
            buffer, RecordLayout.For(dialect, format), batch, Enumerable.Range(0, batch.Length).ToArray(), maxBytes);
        return (Encoding.UTF8.GetString(buffer.Written), count);
    }
}
