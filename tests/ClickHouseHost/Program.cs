using System.CommandLine;
using System.Globalization;
using Telemetry.ClickHouseHost.Engine;
using Telemetry.ClickHouseHost.Http;

var library = new Option<FileInfo>("--library") { Description = "libchdb.so", Required = true };
var folder = new Option<DirectoryInfo>("--data") { Description = "Where the engine keeps its data", Required = true };
var configuration = new Option<FileInfo?>("--config") { Description = "A server configuration in XML" };
var port = new Option<int>("--port") { Description = "The loopback port; 0 takes a free one", DefaultValueFactory = _ => 8123 };
var connections = new Option<int>("--connections") { Description = "Queries that may run at once", DefaultValueFactory = _ => 4 };
var command = new RootCommand("ClickHouse's engine behind its HTTP interface, on loopback, for tests.") { library, folder, configuration, port, connections };
command.SetAction(async (parsed, cancellationToken) =>
{
    using var engine = new ChdbEngine(
        parsed.GetValue(library)!.FullName, parsed.GetValue(folder)!.FullName, parsed.GetValue(configuration)?.FullName,
        parsed.GetValue(connections));
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Warning);
    builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Listen(System.Net.IPAddress.Loopback, parsed.GetValue(port));
    });
    await using var application = builder.Build();
    application.MapGet("/ping", () => "Ok.\n");
    application.Map("/", new QueryEndpoint(engine).HandleAsync);
    await application.StartAsync(cancellationToken);
    // Whoever started this reads the address from the first line.
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Listening on {application.Urls.First()}"));
    await application.WaitForShutdownAsync(cancellationToken);
});
return await command.Parse(args).InvokeAsync();
