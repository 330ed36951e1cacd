namespace Telemetry.Tests.Shared;

/// <summary>Finds the repository from a test's own output folder.</summary>
internal static class RepositoryRoot
{
    public static string Path { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Telemetry.Sdk.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("Run the tests from a checkout: no Telemetry.Sdk.sln above the test's output.");
    }
}
