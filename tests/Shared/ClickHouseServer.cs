using System.Diagnostics;
using System.Text;

namespace Telemetry.Tests.Shared;

/// <summary>
/// A ClickHouse for tests: the one at CLICKHOUSE_URL where that is set, else tests/ClickHouseHost as a process of its own, whose data
/// outlives <see cref="KillAsync"/> and is gone after disposal.
/// </summary>
/// <remarks>The project that links this file builds tests/ClickHouseHost too, by a ProjectReference without its output.</remarks>
internal sealed class ClickHouseServer : IAsyncDisposable
{
    private const string EngineVersion = "26.5.3";
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);

    private readonly string? _folder;
    private readonly StringBuilder _errors = new();
    private Process? _process;
    private int _port;

    private ClickHouseServer(string? folder, string url)
    {
        _folder = folder;
        Url = url;
    }

    /// <summary>Such as <c>http://127.0.0.1:12345</c>.</summary>
    public string Url { get; private set; }

    /// <summary>False for a server of one's own, which tests must not kill.</summary>
    public bool CanBeKilled => _folder is not null;

    /// <summary>Starts it and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">The engine is not there, or did not start; with its words.</exception>
    public static async Task<ClickHouseServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("CLICKHOUSE_URL") is { Length: > 0 } url)
            return new ClickHouseServer(folder: null, url);

        var server = new ClickHouseServer(Directory.CreateTempSubdirectory("clickhouse-").FullName, "");
        try
        {
            await server.RestartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it again after <see cref="KillAsync"/>, at the same address and with the same data.</summary>
    public async Task RestartAsync()
    {
        var process = _process = new Process { StartInfo = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true } };
        // A consumer that was killed keeps its partitions until its session is over; with the usual 45 s a test would wait for that.
        var configuration = Path.Combine(_folder!, "config.xml");
        await File.WriteAllTextAsync(configuration, "<clickhouse><kafka><session_timeout_ms>4000</session_timeout_ms></kafka></clickhouse>");
        foreach (var argument in (string[])[HostAssembly(), "--config", configuration, "--library", Library(), "--data", Path.Combine(_folder!, "data"), "--port", $"{_port}"])
            process.StartInfo.ArgumentList.Add(argument);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginErrorReadLine();

        using var deadline = new CancellationTokenSource(StartDeadline);
        for (string? line; (line = await process.StandardOutput.ReadLineAsync(deadline.Token)) is not null;)
        {
            if (line.StartsWith("Listening on ", StringComparison.Ordinal))
            {
                Url = line["Listening on ".Length..];
                _port = new Uri(Url).Port;
                // Read on, or the host would block at a full pipe.
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return;
            }
        }

        lock (_errors)
            throw new InvalidOperationException($"ClickHouseHost did not start:\n{_errors}");
    }

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is null)
            return;
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private static string HostAssembly()
    {
        // The same configuration as the test's own build.
        var output = Path.GetRelativePath(Path.Combine(AppContext.BaseDirectory, "..", ".."), AppContext.BaseDirectory);
        var assembly = Path.Combine(RepositoryRoot.Path, "tests", "ClickHouseHost", "bin", output, "ClickHouseHost.dll");
        return File.Exists(assembly) ? assembly : throw new InvalidOperationException($"{assembly} is missing. Build tests/ClickHouseHost.");
    }

    private static string Library()
    {
        var cache = Environment.GetEnvironmentVariable("TELEMETRY_CACHE") is { Length: > 0 } own
            ? own
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "telemetry-sdk");
        var library = Path.Combine(cache, $"chdb-{EngineVersion}", "libchdb.so");
        return File.Exists(library)
            ? library
            : throw new InvalidOperationException($"ClickHouse's engine is not at {library}. Run once: bash eng/install-clickhouse");
    }

    private void Keep(string? line)
    {
        lock (_errors)
            _errors.AppendLine(line);
    }
}
