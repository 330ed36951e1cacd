using System.Net;
using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.RestLoad;

/// <summary>
/// The least that a client can do: requests that were encoded beforehand are sent again and again by reused content, and in the
/// replies the word "offset" is counted. No order, no outcomes, no resilience.
/// </summary>
internal sealed class LeanPath : ILoadPath
{
    private readonly HttpClient _http;
    private readonly Uri _uri;
    private readonly int _recordsPerRequest;
    private readonly string _contentType;
    private readonly (ReadyContent Content, byte[] Reply)[] _slots;

    public LeanPath(Uri address, string dialect, int recordsPerRequest, int inFlight)
    {
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = inFlight }) { Timeout = Timeout.InfiniteTimeSpan };
        _recordsPerRequest = recordsPerRequest;
        var isV3 = dialect == "v3";
        _uri = new Uri(address, isV3 ? $"v3/clusters/sink-cluster/topics/{Sample.Topic}/records" : $"topics/{Sample.Topic}");
        _contentType = isV3 ? "application/json" : "application/vnd.kafka.binary.v2+json";
        var bytes = Encode(Sample.Batch(recordsPerRequest), isV3);
        _slots = [.. Enumerable.Range(0, inFlight).Select(_ => (new ReadyContent(bytes, _contentType), new byte[recordsPerRequest * 512]))];
    }

    public string Name => "bare lean client";

    public async Task<long> SendAsync(long records)
    {
        var left = records / _recordsPerRequest;
        var counts = await Task.WhenAll(_slots.Select(async slot =>
        {
            var acknowledged = 0L;
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var response = await _http.SendAsync(
                    new HttpRequestMessage(HttpMethod.Post, _uri) { Content = slot.Content }, HttpCompletionOption.ResponseHeadersRead);
                await using var stream = await response.Content.ReadAsStreamAsync();
                var length = 0;
                for (int read; (read = await stream.ReadAsync(slot.Reply.AsMemory(length))) > 0;)
                    length += read;
                acknowledged += MemoryExtensions.Count(slot.Reply.AsSpan(0, length), "\"offset\""u8);
            }

            return acknowledged;
        }));
        return counts.Sum();
    }

    public ValueTask DisposeAsync()
    {
        _http.Dispose();
        return ValueTask.CompletedTask;
    }

    private static byte[] Encode(OutgoingEvent[] batch, bool isV3)
    {
        var (key, value, end) = isV3
            ? ("{\"key\":{\"type\":\"BINARY\",\"data\":\"", "\"},\"value\":{\"type\":\"BINARY\",\"data\":\"", "\"}}")
            : ("{\"key\":\"", "\",\"value\":\"", "\"}");
        var records = batch.Select(outgoing => $"{key}{Convert.ToBase64String(outgoing.Key.Span)}{value}{Convert.ToBase64String(outgoing.Body.Span)}{end}");
        return Encoding.UTF8.GetBytes(isV3 ? string.Join('\n', records) : $"{{\"records\":[{string.Join(',', records)}]}}");
    }

    private sealed class ReadyContent : HttpContent
    {
        private readonly byte[] _bytes;

        public ReadyContent(byte[] bytes, string contentType)
        {
            _bytes = bytes;
            Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = _bytes.Length;
            return true;
        }
    }
}
