using Microsoft.Extensions.DependencyInjection;
using Telemetry.Cli.Commands;
using Telemetry.Cli.Doctor;
using Telemetry.Events.Transport;

namespace Telemetry.Cli.Tests.Doctor;

/// <summary>Runs the command over a configuration file, with transports of the tests' own.</summary>
public sealed class DoctorFixture : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("telemetry-doctor-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A configuration in which nothing is to be said against the service itself.</summary>
    internal string WriteConfig(string telemetryEvents = "", string others = "")
    {
        var file = Path.Combine(_folder, "appsettings.json");
        File.WriteAllText(file, $$"""
            {
              "TelemetryEvents": {
                {{telemetryEvents}}
                "ServiceName": "billing",
                "Context": { "TenantId": "0f8fad5b-d9cb-469f-a165-70867728950e", "NodeId": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "VmType": "NV6" }
              }
              {{others}}
            }
            """);
        return file;
    }

    internal static async Task<(int Code, string Output, string Error)> RunAsync(
        IReadOnlyList<IEventTransport> transports, string[] arguments, CancellationToken cancellationToken = default)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await TelemetryCommand.InvokeAsync(
            ["doctor", .. arguments], output, error, [.. transports.Select(SourceOf)], cancellationToken);
        return (code, output.ToString().ReplaceLineEndings("\n"), error.ToString());
    }

    /// <summary>Configured by TelemetryEvents:{name}.</summary>
    private static TransportSource SourceOf(IEventTransport transport) => new(
        transport.Name, $"TelemetryEvents:{transport.Name}", $"TEST_URL_OF_{transport.Name}", builder => builder.Services.AddSingleton(transport));
}
