namespace Telemetry.Events.Analyzers.Tests.Verification;

/// <summary>What every test source begins with.</summary>
internal static class Sources
{
    public const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Text.Json;
        using System.Threading.Tasks;
        using Telemetry.Events;
        [assembly: TelemetryTopic("orders")]

        """;

    /// <summary>A source with one method.</summary>
    public static string InMethod(string body, string signature = "static void M(IEventPublisher publisher)") => Usings + $$"""

        static class Program
        {
            {{signature}}
            {
                {{body.ReplaceLineEndings("\n        ")}}
            }
        }
        """;
}
