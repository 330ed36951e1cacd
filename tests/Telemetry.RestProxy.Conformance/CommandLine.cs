using System.Globalization;

namespace Telemetry.RestProxy.Conformance;

/// <summary>The server's command line.</summary>
internal static class CommandLine
{
    public const string Usage =
        """
        dotnet run --project tests/Telemetry.RestProxy.Conformance -- [--dialect v2|v3|strimzi] [--port 8082] [--http2]
            [--kafka host:port | --sink] [--prefix /kafka] [--user name --password secret] [--token secret]
            [--no-gzip] [--max-bytes n]
        Without --kafka it is a sink. Faults: POST /_control/faults {"count":1,"fault":{"reply":"Error","status":503}}
        """;

    /// <summary>The options of a command line.</summary>
    /// <exception cref="ArgumentException">A word is unknown, or its value is missing or wrong.</exception>
    public static RestProxyServerOptions Parse(IReadOnlyList<string> arguments)
    {
        var values = new Dictionary<string, string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var isSwitch = arguments[i] is "--http2" or "--sink" or "--no-gzip";
            if (!isSwitch && arguments[i] is not ("--dialect" or "--port" or "--kafka" or "--prefix" or "--user" or "--password" or "--token" or "--max-bytes"))
                throw new ArgumentException($"'{arguments[i]}' is no option.");
            if (!isSwitch && i + 1 == arguments.Count)
                throw new ArgumentException($"{arguments[i]} needs a value.");
            values[arguments[i]] = isSwitch ? "" : arguments[++i];
        }

        var user = values.GetValueOrDefault("--user");
        return new RestProxyServerOptions
        {
            Dialect = values.GetValueOrDefault("--dialect", "v2") switch
            {
                "v2" => RestDialect.ConfluentV2,
                "v3" => RestDialect.ConfluentV3,
                "strimzi" => RestDialect.Strimzi,
                var other => throw new ArgumentException($"--dialect is '{other}'; give v2, v3 or strimzi."),
            },
            Port = Number(values, "--port"),
            MaxRequestBytes = Number(values, "--max-bytes"),
            BootstrapServers = values.ContainsKey("--sink") ? null : values.GetValueOrDefault("--kafka"),
            Http2 = values.ContainsKey("--http2"),
            PathPrefix = values.GetValueOrDefault("--prefix"),
            BasicCredentials = user is null ? null : new BasicCredentials(user, values.GetValueOrDefault("--password", "")),
            BearerToken = values.GetValueOrDefault("--token"),
            AcceptGzip = !values.ContainsKey("--no-gzip"),
            // Load tests run by hand, for hours perhaps.
            MaxLoggedRequests = values.ContainsKey("--kafka") ? 10_000 : 0,
        };
    }

    private static int Number(Dictionary<string, string> values, string name) =>
        !values.TryGetValue(name, out var text) ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new ArgumentException($"{name} is '{text}'; give a whole number.");
}
