using Microsoft.CodeAnalysis;

namespace Telemetry.Events.Analyzers.Tests.Verification;

/// <summary>
/// What test sources compile against: the assemblies that this process itself runs on, among them Telemetry.Events. The
/// reference assembly packages of the test harness would have to be downloaded.
/// </summary>
internal static class RunningFramework
{
    // The harness binds each test's source anew; what no source uses only makes it slower.
    private static readonly string[] ForSources =
    [
        "System.Private.CoreLib", "System.Runtime", "System.Collections", "System.Linq", "System.Memory", "System.Private.Uri",
        "System.Text.Json", "System.Threading", "System.Threading.Tasks", "netstandard", "Telemetry.Events",
    ];

    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => ForSources.Contains(Path.GetFileNameWithoutExtension(path)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];
}
