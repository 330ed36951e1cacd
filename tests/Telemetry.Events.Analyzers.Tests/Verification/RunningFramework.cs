using Microsoft.CodeAnalysis;

namespace Telemetry.Events.Analyzers.Tests.Verification;

/// <summary>
/// What test sources compile against: the assemblies that this process itself runs on, among them Telemetry.Events. The
/// reference assembly packages of the test harness would have to be downloaded.
/// </summary>
internal static class RunningFramework
{
    private static readonly string[] NotForSources = ["xunit", "FsCheck", "Telemetry.Events.Analyzers", "Telemetry.Events.CodeFixes", "testhost"];

    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => !NotForSources.Any(name => Path.GetFileName(path).StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];
}
