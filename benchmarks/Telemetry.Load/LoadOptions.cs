using Microsoft.Extensions.Configuration;
using Telemetry.Events.Kafka;

namespace Telemetry.Load;

/// <summary>What is measured, the same for every path.</summary>
internal sealed class LoadOptions
{
    /// <summary>Events in one round.</summary>
    public int Events { get; set; } = 400_000;

    /// <summary>Rounds of each path, without the first one, which warms up.</summary>
    public int Rounds { get; set; } = 7;

    /// <summary>linger.ms.</summary>
    public int Linger { get; set; }

    /// <summary>compression.type.</summary>
    public KafkaCompression Compression { get; set; } = KafkaCompression.Lz4;

    /// <summary>Whether each record has its content-type header, the bare client's too.</summary>
    public bool Header { get; set; } = true;

    /// <summary>Only the paths whose name holds this.</summary>
    public string Only { get; set; } = "";

    /// <summary>How often librdkafka reports its statistics.</summary>
    public TimeSpan Statistics { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Length of a memory run.</summary>
    public int Minutes { get; set; } = 2;

    public static LoadOptions Parse(string[] arguments) =>
        new ConfigurationBuilder().AddCommandLine(arguments).Build().Get<LoadOptions>() ?? new LoadOptions();

    public LoadOptions With(KafkaCompression compression) => new()
    {
        Events = Events,
        Rounds = Rounds,
        Linger = Linger,
        Compression = compression,
        Header = Header,
        Statistics = TimeSpan.FromSeconds(1),
    };

    public override string ToString() =>
        $"{Events:N0} events a round, {Rounds} rounds, linger {Linger} ms, compression {Compression}, header {(Header ? "yes" : "no")}";
}
