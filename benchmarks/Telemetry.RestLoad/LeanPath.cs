using System.Buffers.Text;
using System.Net;
using System.Text;
using Telemetry.Events.Transport;

namespace Telemetry.RestLoad;

/// <summary>
/// The least that a client can do: reused content over a reused buffer, and in the replies the word "offset" is counted. No order, no
/// outcomes, no resilience. It sends the same ready bytes again and again, or encodes the events in place for each request.
/// </summary>
internal sealed class LeanPath : ILoadPath
{
    private static readonly string ContentType = Convert.ToBase64String("application/cloudevents+json; charset=UTF-8"u8);

    private readonly HttpClient _http;
    private readonly Uri _uri;
    private readonly int _recordsPerRequest;
    private readonly bool _isV3;
    private readonly bool _encodes;
    private readonly byte[] _recordEnd;
    private readonly OutgoingEvent[] _events;
    private readonly (ReusedContent Content, byte[] Reply)[] _slots;
    private int _next;

    public LeanPath(Uri address, string dialect, int recordsPerRequest, int inFlight, int events, bool encodes)
    {
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = inFlight }) { Timeout = Timeout.InfiniteTimeSpan };
        _recordsPerRequest = recordsPerRequest;
        _isV3 = dialect == "v3";
        _encodes = encodes;
        _recordEnd = Encoding.UTF8.GetBytes(dialect switch
        {
            "v3" => $"\"}},\"headers\":[{{\"name\":\"content-type\",\"value\":\"{ContentType}\"}}]}}",
            "strimzi" => $"\",\"headers\":[{{\"key\":\"content-type\",\"value\":\"{ContentType}\"}}]}}",
            _ => "\"}",
        });
        _uri = new Uri(address, _isV3 ? $"v3/clusters/sink-cluster/topics/{Sample.Topic}/records" : $"topics/{Sample.Topic}");
        _events = Sample.Batch(events);
        var contentType = _isV3 ? "application/json" : "application/vnd.kafka.binary.v2+json";
        _slots = [.. Enumerable.Range(0, inFlight).Select(_ => (new ReusedContent(contentType, recordsPerRequest * 1024), new byte[recordsPerRequest * 512]))];
        foreach (var (content, _) in _slots)
            Encode(content);
    }

    public string Name => _encodes ? "bare lean client, encodes in place" : "bare lean client, ready bytes";

    public async Task<long> SendAsync(long records)
    {
        var left = records / _recordsPerRequest;
        var counts = await Task.WhenAll(_slots.Select(async slot =>
        {
            var acknowledged = 0L;
            while (Interlocked.Decrement(ref left) >= 0)
            {
                if (_encodes)
                    Encode(slot.Content);
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

    private void Encode(ReusedContent content)
    {
        // Each request takes the next events, as a stream of them would.
        var first = (int)((uint)Interlocked.Add(ref _next, _recordsPerRequest) % (uint)(_events.Length - _recordsPerRequest + 1));
        content.Clear();
        if (!_isV3)
            content.Append("{\"records\":["u8);
        for (var i = first; i < first + _recordsPerRequest; i++)
        {
            if (i > first)
                content.Append(_isV3 ? "\n"u8 : ","u8);
            content.Append(_isV3 ? "{\"key\":{\"type\":\"BINARY\",\"data\":\""u8 : "{\"key\":\""u8);
            content.AppendBase64(_events[i].Key.Span);
            content.Append(_isV3 ? "\"},\"value\":{\"type\":\"BINARY\",\"data\":\""u8 : "\",\"value\":\""u8);
            content.AppendBase64(_events[i].Body.Span);
            content.Append(_recordEnd);
        }

        if (!_isV3)
            content.Append("]}"u8);
        content.Seal();
    }

    private sealed class ReusedContent : HttpContent
    {
        private readonly byte[] _bytes;
        private int _length;

        public ReusedContent(string contentType, int capacity)
        {
            _bytes = new byte[capacity];
            Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        public void Clear() => _length = 0;

        // The length of the first request would stay in the headers otherwise.
        public void Seal() => Headers.ContentLength = _length;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(_bytes.AsSpan(_length));
            _length += bytes.Length;
        }

        public void AppendBase64(ReadOnlySpan<byte> bytes)
        {
            Base64.EncodeToUtf8(bytes, _bytes.AsSpan(_length), out _, out var written);
            _length += written;
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            stream.WriteAsync(_bytes.AsMemory(0, _length)).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = _length;
            return true;
        }
    }
}
