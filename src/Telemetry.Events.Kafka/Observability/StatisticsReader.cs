using System.Text.Json;

namespace Telemetry.Events.Kafka;

/// <summary>Reads librdkafka's statistics (STATISTICS.md of librdkafka), of which most is passed over unread.</summary>
internal static class StatisticsReader
{
    /// <exception cref="JsonException">It is not the JSON that librdkafka writes.</exception>
    /// <exception cref="InvalidOperationException">A value has another type than librdkafka gives it.</exception>
    public static ProducerStatistics Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        long queuedMessages = 0, queuedBytes = 0, sentMessages = 0, sentBytes = 0;
        var brokers = new List<BrokerStatistics>();
        Begin(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("msg_cnt"u8))
                queuedMessages = Number(ref reader);
            else if (reader.ValueTextEquals("msg_size"u8))
                queuedBytes = Number(ref reader);
            else if (reader.ValueTextEquals("txmsgs"u8))
                sentMessages = Number(ref reader);
            else if (reader.ValueTextEquals("tx_bytes"u8))
                sentBytes = Number(ref reader);
            else if (reader.ValueTextEquals("brokers"u8))
                ReadBrokers(ref reader, brokers);
            else
                Skip(ref reader);
        }

        return new ProducerStatistics(queuedMessages, queuedBytes, sentMessages, sentBytes, brokers);
    }

    private static void ReadBrokers(ref Utf8JsonReader reader, List<BrokerStatistics> brokers)
    {
        Begin(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (node, broker) = ReadBroker(ref reader);
            // The addresses that the client starts from are listed beside the brokers that they lead to, and have no id.
            if (node >= 0)
                brokers.Add(broker);
        }
    }

    private static (long Node, BrokerStatistics Broker) ReadBroker(ref Utf8JsonReader reader)
    {
        long node = -1;
        var broker = new BrokerStatistics("", 0, 0, 0, TimeSpan.Zero, TimeSpan.Zero);
        Begin(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("nodeid"u8))
                node = Number(ref reader);
            else if (reader.ValueTextEquals("nodename"u8))
                broker = broker with { Address = Text(ref reader) };
            else if (reader.ValueTextEquals("txretries"u8))
                broker = broker with { Retries = Number(ref reader) };
            else if (reader.ValueTextEquals("connects"u8))
                broker = broker with { Connects = Number(ref reader) };
            else if (reader.ValueTextEquals("disconnects"u8))
                broker = broker with { Disconnects = Number(ref reader) };
            else if (reader.ValueTextEquals("rtt"u8))
                broker = broker with { RoundTripP99 = TimeSpan.FromMicroseconds(WindowValue(ref reader, "p99"u8)) };
            else if (reader.ValueTextEquals("throttle"u8))
                broker = broker with { Throttle = TimeSpan.FromMilliseconds(WindowValue(ref reader, "avg"u8)) };
            else
                Skip(ref reader);
        }

        return (node, broker);
    }

    private static long WindowValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        long value = 0;
        Begin(ref reader);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
                value = Number(ref reader);
            else
                Skip(ref reader);
        }

        return value;
    }

    private static void Begin(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("An object was expected.");
    }

    private static void Skip(ref Utf8JsonReader reader)
    {
        reader.Read();
        reader.Skip();
    }

    private static long Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetInt64();
    }

    private static string Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString() ?? "";
    }
}
