using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Telemetry.Collector.Hosting;

/// <summary>Tells what an operator can mend from what is a defect of ours.</summary>
internal static class StartupFailure
{
    private const string ListenElsewhere = "Set ASPNETCORE_URLS (or --urls) to another address, such as http://127.0.0.1:8081.";

    /// <summary>The sentences to show instead of a stack trace; empty where the exception is not a matter of configuration.</summary>
    public static IReadOnlyList<string> Sentences(Exception exception) => exception switch
    {
        StartupException => [exception.Message],
        OptionsValidationException invalid => [.. invalid.Failures],
        AggregateException many when many.InnerExceptions.All(inner => Sentences(inner).Count > 0) =>
            [.. many.InnerExceptions.SelectMany(Sentences)],
        IOException { InnerException: AddressInUseException } => [$"{exception.Message} {ListenElsewhere}"],
        SocketException => [$"The server cannot listen: {exception.Message}. {ListenElsewhere}"],
        // What the configuration reader throws for a value, or a file, that it cannot parse.
        InvalidOperationException { InnerException: FormatException } => [exception.Message],
        InvalidDataException { InnerException: FormatException inner } => [$"{exception.Message} {inner.Message}"],
        _ => [],
    };
}
