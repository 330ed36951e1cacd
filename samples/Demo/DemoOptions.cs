using System.Diagnostics.CodeAnalysis;
using Telemetry.Events.Kafka;

namespace Telemetry.Samples.Demo;

/// <summary>What the demo was asked for.</summary>
/// <param name="Once">End after the table; else stay up until Ctrl-C.</param>
/// <param name="Kafka">The broker to use instead of an embedded one.</param>
/// <param name="PrometheusUrl">The Prometheus to use instead of an own one.</param>
internal sealed record DemoOptions(bool Once, BrokerAddress? Kafka, Uri? PrometheusUrl)
{
    public const string KafkaVariable = "KAFKA_DIRECT_URL";
    public const string PrometheusVariable = "PROMETHEUS_URL";

    private const string Usage = """
        Usage: bash eng/demo [--once]
          --once  print the table and end: exit code 0 where every run was measured, else 1
        Without it the demo stays up until Ctrl-C.
        Environment: KAFKA_DIRECT_URL and PROMETHEUS_URL name a broker and a Prometheus to use instead of own ones.
        """;

    /// <summary>Reads the command line and the environment; says what is wrong with them.</summary>
    public static bool TryParse(
        string[] args, Func<string, string?> readVariable, [NotNullWhen(true)] out DemoOptions? options, out int exitCode)
    {
        options = null;
        exitCode = ExitCodes.Misused;
        if (args.Any(arg => arg is "--help" or "-h"))
        {
            Console.WriteLine(Usage);
            exitCode = ExitCodes.Succeeded;
            return false;
        }

        if (args.FirstOrDefault(arg => arg != "--once") is { } unknown)
        {
            Console.Error.WriteLine($"There is no option '{unknown}'; the only one is --once.");
            return false;
        }

        BrokerAddress? kafka = null;
        if (Value(readVariable, KafkaVariable) is { } broker)
        {
            if (!KafkaConnectionString.TryParse(broker, out var parsed, out var error))
            {
                Console.Error.WriteLine($"{KafkaVariable}: {error}");
                return false;
            }

            kafka = new BrokerAddress(broker, parsed.BootstrapServers);
        }

        Uri? prometheus = null;
        if (Value(readVariable, PrometheusVariable) is { } url && !IsHttp(url, out prometheus))
        {
            // The value is not shown: it may hold a password.
            Console.Error.WriteLine(
                $"{PrometheusVariable} is no address of a Prometheus. Set it to one such as http://127.0.0.1:9090, or unset it.");
            return false;
        }

        options = new DemoOptions(args.Length > 0, kafka, prometheus);
        return true;
    }

    private static bool IsHttp(string url, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(url, UriKind.Absolute, out address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);

    private static string? Value(Func<string, string?> readVariable, string name) =>
        readVariable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value : null;
}
