using System.CommandLine;
using System.Data.Common;
using Microsoft.Extensions.Options;
using Telemetry.Collector.ClickHouse;
using Telemetry.Collector.DirectTopics.Schema;
using Telemetry.Collector.Hosting;

namespace Telemetry.Collector.DirectTopics.Commands;

/// <summary><c>telemetry-collector schema plan|apply|drop|export</c></summary>
internal static class SchemaCommand
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int Refused = 2;

    /// <returns>0 where it is done or there is nothing to do, 1 where it could not be, 2 where data would have been lost.</returns>
    public static Task<int> RunAsync(string[] args, TextWriter? output = null, TextWriter? error = null)
    {
        var allowShorter = new Option<bool>("--allow-shorter-retention") { Description = "Rows that the new retention does not cover may be dropped." };
        var deleteData = new Option<bool>("--delete-data") { Description = "Drops the tables with their rows too." };
        var folder = new Option<string>("--output", "-o") { Description = "Where the files go.", Required = true };
        var plan = Verb("plan", "Shows what apply would do, and changes nothing.", allowShorter);
        var apply = Verb("apply", "Makes the tables, or brings them up to date. Never loses a row.", allowShorter);
        var drop = Verb("drop", "Stops reading; the tables and their rows stay.", deleteData);
        var export = Verb("export", "Writes the statements for an empty server to files; asks no server.", folder);
        plan.SetAction((parsed, token) => WithManagerAsync(parsed, async (manager, schemas) =>
            Show(await manager.PlanAsync(schemas, parsed.GetValue(allowShorter), token), parsed.InvocationConfiguration, "to be done")));
        apply.SetAction((parsed, token) => WithManagerAsync(parsed, async (manager, schemas) =>
            Show(await manager.ApplyAsync(schemas, parsed.GetValue(allowShorter), token), parsed.InvocationConfiguration, "done")));
        drop.SetAction((parsed, token) => WithManagerAsync(parsed, async (manager, schemas) =>
        {
            foreach (var statement in await manager.DropAsync(schemas, parsed.GetValue(deleteData), token))
                await parsed.InvocationConfiguration.Output.WriteLineAsync(statement + ";");
            return Success;
        }));
        export.SetAction((parsed, token) => WithServicesAsync(parsed, DirectTopicsMode.Off, async (services, schemas) =>
        {
            var house = services.GetRequiredService<IOptions<ClickHouseOptions>>().Value;
            var options = services.GetRequiredService<IOptions<DirectTopicsOptions>>().Value;
            var path = Directory.CreateDirectory(parsed.GetRequiredValue(folder)).FullName;
            foreach (var (name, text) in SchemaManager.Script(schemas, options, house.Database, house.Cluster))
                await File.WriteAllTextAsync(Path.Combine(path, name), text, token);
            return Success;
        }));
        var command = new RootCommand("The tables of the direct topics in ClickHouse (docs/direct-topics.md).") { plan, apply, drop, export };
        return command.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output ?? Console.Out, Error = error ?? Console.Error });
    }

    // What is not an option here is configuration, as it is for the service: --Collector:ClickHouse:Database audit.
    private static Command Verb(string name, string description, Option option) =>
        new(name, description) { Options = { option }, TreatUnmatchedTokensAsErrors = false };

    private static Task<int> WithManagerAsync(ParseResult parsed, Func<SchemaManager, IReadOnlyList<TopicSchema>, Task<int>> run) =>
        WithServicesAsync(parsed, DirectTopicsMode.ClickHouse, (services, schemas) => run(services.GetRequiredService<SchemaManager>(), schemas));

    private static async Task<int> WithServicesAsync(
        ParseResult parsed, DirectTopicsMode mode, Func<IServiceProvider, IReadOnlyList<TopicSchema>, Task<int>> run)
    {
        var error = parsed.InvocationConfiguration.Error;
        try
        {
            var builder = Host.CreateApplicationBuilder(
                new HostApplicationBuilderSettings { Args = [.. parsed.UnmatchedTokens], ContentRootPath = AppContext.BaseDirectory });
            builder.Services.AddDirectTopicsOptions();
            builder.Services.Configure<DirectTopicsOptions>(options => options.Mode = mode);
            builder.Services.AddSingleton<SchemaManager>();
            using var host = builder.Build();
            host.Services.GetRequiredService<IStartupValidator>().Validate();
            if (TopicSchemas.TryCreate(host.Services.GetRequiredService<IOptions<DirectTopicsOptions>>().Value, out var schemas, out var wrong))
                return await run(host.Services, schemas);
            await error.WriteLineAsync(wrong);
        }
        catch (DbException exception)
        {
            await error.WriteLineAsync(exception.Message);
        }
        catch (Exception exception) when (StartupFailure.Sentences(exception) is { Count: > 0 } sentences)
        {
            foreach (var sentence in sentences)
                await error.WriteLineAsync(sentence);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidOperationException or NotSupportedException)
        {
            await error.WriteLineAsync(exception.Message);
        }

        return Failure;
    }

    private static int Show(SchemaPlan plan, InvocationConfiguration console, string participle)
    {
        foreach (var note in plan.Notes)
            console.Output.WriteLine($"Note: {note}");
        foreach (var refusal in plan.Refusals)
            console.Error.WriteLine($"Refused: {refusal}");
        if (plan.Refusals.Count > 0)
            return Refused;
        foreach (var step in plan.Steps)
            console.Output.WriteLine($"-- {step.Summary}\n{step.ShownSql};\n");
        console.Output.WriteLine(plan.Steps.Count == 0 ? "The tables are as the catalog has them." : $"{plan.Steps.Count} statements {participle}.");
        return Success;
    }
}
