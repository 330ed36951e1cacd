using System.CommandLine;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Telemetry.Cli.Replay;
using Telemetry.Events.Kafka;
using Telemetry.Events.Spool;
using Telemetry.Events.Spool.Inspection;
using Telemetry.Events.Spool.Instances;
using Telemetry.Events.Transport;

namespace Telemetry.Cli.Commands;

/// <summary><c>telemetry spool replay &lt;directory&gt; [--skip-refused]</c></summary>
internal static class SpoolReplayCommand
{
    public static Command Create()
    {
        var directory = SpoolCommand.Directory();
        var skip = new Option<bool>("--skip-refused") { Description = "Give up events that the broker refuses for good, instead of stopping at the first." };
        var command = new Command(
            "replay", $"Sends what dead processes left to the broker that {KafkaTransportOptions.ConnectionStringVariable} names, and deletes what it acknowledged.")
        {
            directory,
            skip,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(directory),
            parsed.GetValue(skip),
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string directory, bool skipRefused, TextWriter output, TextWriter errors, CancellationToken cancellationToken)
    {
        if (!SpoolCommand.IsSpool(directory, errors))
            return ExitCode.WrongInput;
        try
        {
            var held = SpoolInspector.Inspect(directory).FirstOrDefault(instance => instance.IsHeld);
            if (held is not null)
            {
                errors.WriteLine(
                    $"{held.Name} is held by {held.Owner}. A service takes over what others left when it starts; stop all that use {directory} before you replay it by hand.");
                return ExitCode.WrongInput;
            }

            var services = Services();
            await using (services.ConfigureAwait(false))
            {
                services.GetRequiredService<IStartupValidator>().Validate();
                var spool = new EventSpool(new SpoolOptions { Directory = directory }, TimeProvider.System, NullLogger.Instance);
                await using (spool.ConfigureAwait(false))
                {
                    var replay = new SpoolReplay(services.GetRequiredService<IEventTransport>(), TimeProvider.System, skipRefused, output);
                    return await replay.SendAsync(spool.TakeOver(), cancellationToken).ConfigureAwait(false) ? ExitCode.Success : ExitCode.Different;
                }
            }
        }
        catch (OptionsValidationException exception)
        {
            errors.WriteLine(exception.Message);
            return ExitCode.WrongInput;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            errors.WriteLine($"The directory {directory} cannot be used: {exception.Message}");
            return ExitCode.WrongInput;
        }
    }

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddTelemetryEvents().AddKafka();
        return services.BuildServiceProvider();
    }
}
