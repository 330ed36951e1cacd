using System.Xml.Linq;
using Telemetry.Tests.Shared;

namespace Telemetry.PackageTests;

/// <summary>Packs every shipping project once, under a version that no cache has seen.</summary>
public sealed class PackedPackages : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("telemetry-packages-").FullName;
    private readonly string _version = $"0.0.0-test.{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}";

    private readonly List<string> _consumers = [];

    public static TheoryData<string> Names => [.. ShippingProjects().Select(file => Path.GetFileNameWithoutExtension(file))];

    private string Feed => Path.Combine(_folder, "feed");

    public string FileOf(string name, string extension) => Path.Combine(Feed, $"{name}.{_version}.{extension}");

    public async Task InitializeAsync()
    {
        foreach (var project in ShippingProjects())
            await DotNet.RunAsync(RepositoryRoot.Path, "pack", project, "-c", "Release", "-o", Feed, $"-p:Version={_version}", "--nologo", "-v", "quiet");
    }

    public Task DisposeAsync()
    {
        foreach (var folder in _consumers.Append(_folder))
            Directory.Delete(folder, recursive: true);
        // What the consumer restored would stay in the machine's package cache for good.
        foreach (var name in ShippingProjects().Select(file => Path.GetFileNameWithoutExtension(file)))
        {
            var cached = Path.Combine(PackageCache, name.ToLowerInvariant(), _version);
            if (Directory.Exists(cached))
                Directory.Delete(cached, recursive: true);
        }

        return Task.CompletedTask;
    }

    /// <summary>Builds and runs a console program that references the packages, and returns what it printed.</summary>
    public async Task<string> RunConsumerAsync(string program, IReadOnlyList<string> references) =>
        await DotNet.RunAsync(await CreateConsumerAsync(program, references), "run", "--nologo");

    /// <summary>Writes a console project that references the packages, and returns its folder.</summary>
    public async Task<string> CreateConsumerAsync(string program, IReadOnlyList<string> references)
    {
        var consumer = Directory.CreateTempSubdirectory("telemetry-consumer-").FullName;
        _consumers.Add(consumer);
        await File.WriteAllTextAsync(Path.Combine(consumer, "Program.cs"), program);
        await File.WriteAllTextAsync(Path.Combine(consumer, "nuget.config"),
            $"""<configuration><packageSources><add key="packed" value="{Feed}" /></packageSources></configuration>""");
        await File.WriteAllTextAsync(Path.Combine(consumer, "consumer.csproj"),
            $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NoWarn>NU1603</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                {string.Join('\n', references.Select(name => $"<PackageReference Include=\"{name}\" Version=\"{VersionOf(name)}\" />"))}
              </ItemGroup>
            </Project>
            """);
        return consumer;
    }

    private static string PackageCache =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    // Ours come from the feed just packed; others in the version that the repository itself pins.
    private string VersionOf(string name)
    {
        if (File.Exists(FileOf(name, "nupkg")))
            return _version;
        var pins = XDocument.Load(Path.Combine(RepositoryRoot.Path, "Directory.Packages.props"));
        var version = pins.Descendants("PackageVersion").Single(pin => pin.Attribute("Include")!.Value == name).Attribute("Version")!.Value;
        return version.StartsWith("$(", StringComparison.Ordinal) ? pins.Descendants(version[2..^1]).Single().Value : version;
    }

    private static IEnumerable<string> ShippingProjects() =>
        Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "src"), "*.csproj", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("eng/Package.props", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
}
