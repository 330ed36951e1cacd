using Confluent.Kafka;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Telemetry.Events.Kafka;

/// <summary>Builds the client with what the promise about offsets rests on.</summary>
internal static class ConsumerClient
{
    /// <exception cref="OptionsValidationException">librdkafka does not know a property, or refuses its value.</exception>
    public static IConsumer<byte[], byte[]> Create(
        EventConsumerOptions options,
        ConsumerLoop loop,
        EventConsumerProgress progress,
        AccessTokenRefresh? tokens,
        TimeProvider time,
        ILogger logger)
    {
        try
        {
            return Build(options, loop, progress, tokens, new RepeatedErrors(time), logger);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw new OptionsValidationException(
                EventConsumerOptions.SectionName,
                typeof(EventConsumerOptions),
                [$"Consumer {progress.Name}: librdkafka refuses the configuration: {exception.Message}. Correct the property in the " +
                 "connection string or in Properties."]);
        }
    }

    private static IConsumer<byte[], byte[]> Build(
        EventConsumerOptions options,
        ConsumerLoop loop,
        EventConsumerProgress progress,
        AccessTokenRefresh? tokens,
        RepeatedErrors repeated,
        ILogger logger)
    {
        var builder = new ConsumerBuilder<byte[], byte[]>(Configure(options, progress.Name))
            .SetErrorHandler((_, error) =>
            {
                if (repeated.LetThrough(error.Code))
                    logger.ClientError(progress.Name, error.Code, error.Reason);
                progress.Failed($"Kafka: {error.Reason}");
            })
            .SetLogHandler((_, message) => logger.ConsumerClientLog(message.Facility, message.Message))
            .SetPartitionsAssignedHandler(loop.OnAssigned)
            .SetPartitionsRevokedHandler(loop.OnRevoked)
            .SetPartitionsLostHandler(loop.OnLost);
        if (tokens is not null)
        {
            builder.SetOAuthBearerTokenRefreshHandler((client, _) => tokens.Start(
                token => client.OAuthBearerSetToken(token.Value, token.ExpiresAt.ToUnixTimeMilliseconds(), token.PrincipalName),
                client.OAuthBearerSetTokenFailure));
        }

        return builder.Build();
    }

    private static ConsumerConfig Configure(EventConsumerOptions options, string name)
    {
        var config = new ConsumerConfig
        {
            ClientId = name,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
            AllowAutoCreateTopics = false,
            SocketKeepaliveEnable = true,
        };
        var connection = KafkaConnectionString.Parse(options.ConnectionString);
        foreach (var (property, value) in connection.Properties.Concat(options.Properties))
            config.Set(property, value);
        config.BootstrapServers = connection.BootstrapServers;
        config.GroupId = options.GroupId;
        config.AutoOffsetReset = options.StartAt == EventConsumerStart.Latest ? AutoOffsetReset.Latest : AutoOffsetReset.Earliest;
        config.EnableAutoCommit = false;
        config.EnableAutoOffsetStore = false;
        return config;
    }
}
