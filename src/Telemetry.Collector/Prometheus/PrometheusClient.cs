using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly.Timeout;

namespace Telemetry.Collector.Prometheus;

/// <summary>
/// Asks Prometheus for raw samples. May be used from any thread. Everything that can go wrong at run time comes back as a
/// <see cref="PrometheusFailure"/>; only the caller's own cancellation is thrown.
/// </summary>
public sealed class PrometheusClient
{
    private const int TriesWorthOfTime = 3;

    private readonly HttpClient _http;
    private readonly TimeProvider _timeProvider;
    private readonly TimeSpan _queryTimeout;
    private readonly long _mostBytes;
    private readonly QueryGate _gate;
    private readonly PrometheusFailures _failures;

    public PrometheusClient(HttpClient http, IOptions<PrometheusOptions> options, QueryGate gate, TimeProvider timeProvider)
    {
        (_gate, _mostBytes) = (gate, options.Value.MaxAnswerBytes);
        _http = http;
        _timeProvider = timeProvider;
        _queryTimeout = options.Value.QueryTimeout;
        Address = PrometheusEndpoint.Parse(options.Value.Url).ToString();
        _failures = new PrometheusFailures(Address, _queryTimeout);
    }

    /// <summary>Where it asks; user and password are masked.</summary>
    public string Address { get; }

    /// <summary>
    /// All raw samples of the selected series in the <paramref name="range"/> that ends at <paramref name="at"/>, both in
    /// whole milliseconds. Whether a sample at the very beginning belongs to it differs between Prometheus versions.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<PrometheusResult<IReadOnlyList<Series>>> QueryAsync(
        PrometheusSelector selector, TimeSpan range, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(selector);
        ArgumentOutOfRangeException.ThrowIfLessThan(range, TimeSpan.FromMilliseconds(1));

        using var place = await _gate.EnterAsync(cancellationToken);
        // The handlers' time-out ends with the headers; this one also bounds the body.
        using var deadline = new CancellationTokenSource(_queryTimeout * TriesWorthOfTime, _timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using var request = Request(selector, range, at);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            return await ReadAsync(response.StatusCode, new BoundedStream(body, _mostBytes), either.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutRejectedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return _failures.TimedOut();
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return _failures.Unreachable(exception);
        }
        catch (AnswerTooLargeException)
        {
            return _failures.TooLarge();
        }
        catch (InvalidDataException exception)
        {
            return _failures.Malformed(exception.Message);
        }
    }

    private HttpRequestMessage Request(PrometheusSelector selector, TimeSpan range, DateTimeOffset at)
    {
        var milliseconds = (long)range.TotalMilliseconds;
        var time = at.ToUnixTimeMilliseconds() / 1000m;
        return new HttpRequestMessage(HttpMethod.Post, "api/v1/query")
        {
            Content = new FormUrlEncodedContent(
            [
                new("query", $"{selector}[{milliseconds.ToString(CultureInfo.InvariantCulture)}ms]"),
                new("time", time.ToString("F3", CultureInfo.InvariantCulture)),
                new("timeout", $"{((long)_queryTimeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture)}ms"),
            ]),
        };
    }

    private async Task<PrometheusResult<IReadOnlyList<Series>>> ReadAsync(
        HttpStatusCode status, Stream body, CancellationToken cancellationToken)
    {
        PrometheusReply? reply;
        try
        {
            reply = await JsonSerializer.DeserializeAsync(body, PrometheusJson.Default.PrometheusReply, cancellationToken);
        }
        catch (JsonException exception)
        {
            return (int)status is >= 200 and < 300 ? _failures.Malformed(exception.Message) : _failures.HttpStatus(status);
        }

        // Prometheus has no error type of its own for it (promql/engine.go, ErrTooManySamples).
        if (reply is { Status: "error", Error: { } error } && error.Contains("too many samples", StringComparison.Ordinal))
            return _failures.TooLarge();
        if (reply is { Status: "error", Error: not null })
            return _failures.QueryError(reply.ErrorType, reply.Error);
        if ((int)status is not (>= 200 and < 300))
            return _failures.HttpStatus(status);
        if (reply is not { Status: "success", Data: { ResultType: "matrix", Result: { } rows } })
            return _failures.Malformed("it is JSON, but no matrix of samples");
        if (reply.Warnings is { Count: > 0 } warnings)
            return _failures.Incomplete(string.Join("; ", warnings));

        return PrometheusResult.Of<IReadOnlyList<Series>>(
            [.. rows.Select(row => new Series(row.Metric ?? [], row.Values ?? []))]);
    }
}
