using System.Collections.Concurrent;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Telemetry.Events.Kafka;

/// <summary>A client of the checks' own, with the producer's settings: it asks brokers, and stores nothing.</summary>
internal sealed class PreflightClient : IDisposable
{
    private static readonly TimeSpan Attempt = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<ErrorCode, string> _errors = new();
    private readonly IAdminClient _client;

    public PreflightClient(ProducerConfig config, AccessTokenRefresh? tokens)
    {
        var builder = new AdminClientBuilder(config)
            .SetErrorHandler((_, error) => _errors[error.Code] = error.Reason)
            .SetLogHandler(static (_, _) => { });
        if (tokens is not null)
        {
            builder.SetOAuthBearerTokenRefreshHandler((client, _) => tokens.Start(
                token => client.OAuthBearerSetToken(token.Value, token.ExpiresAt.ToUnixTimeMilliseconds(), token.PrincipalName),
                client.OAuthBearerSetTokenFailure));
        }

        _client = builder.Build();
    }

    /// <summary>
    /// Brokers and topics; null where no broker has answered within ten seconds, or could be reached at all. All topics: asking for one
    /// of them could create it.
    /// </summary>
    public async Task<Metadata?> GetMetadataAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        do
        {
            try
            {
                return await Task.Run(() => _client.GetMetadata(Attempt), cancellationToken).ConfigureAwait(false);
            }
            catch (KafkaException exception)
            {
                _errors.TryAdd(exception.Error.Code, exception.Error.Reason);
            }
        }
        while (AuthenticationError is null && !_errors.ContainsKey(ErrorCode.Local_AllBrokersDown) && time.GetElapsedTime(start) < Patience);

        return null;
    }

    /// <summary>Why the log-in has failed; null where it has not, or was not reached.</summary>
    public string? AuthenticationError => Find(
        ErrorCode.Local_Authentication, ErrorCode.SaslAuthenticationFailed, ErrorCode.UnsupportedSaslMechanism, ErrorCode.Local_Ssl);

    /// <summary>Why no broker could be reached.</summary>
    public string ConnectionError => Find(ErrorCode.Local_Resolve, ErrorCode.Local_Transport, ErrorCode.Local_AllBrokersDown)
        ?? _errors.Values.FirstOrDefault() ?? "no broker has answered";

    /// <summary>A topic's settings as the broker has them; null where it does not tell.</summary>
    public async Task<IReadOnlyDictionary<string, ConfigEntryResult>?> SettingsOfAsync(string topic)
    {
        try
        {
            var results = await _client.DescribeConfigsAsync(
                [new ConfigResource { Type = ResourceType.Topic, Name = topic }],
                new DescribeConfigsOptions { RequestTimeout = Patience }).ConfigureAwait(false);
            return results[0].Entries;
        }
        catch (KafkaException)
        {
            return null;
        }
    }

    public void Dispose() => _client.Dispose();

    private string? Find(params ReadOnlySpan<ErrorCode> codes)
    {
        foreach (var code in codes)
        {
            if (_errors.TryGetValue(code, out var reason))
                return reason;
        }

        return null;
    }
}
