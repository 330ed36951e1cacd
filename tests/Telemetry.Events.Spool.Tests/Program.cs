using System.Globalization;
using Telemetry.Events.Spool.Tests.Crash;
using Telemetry.Events.Spool.Tests.Records;

// Run by hand: dotnet Telemetry.Events.Spool.Tests.dll damage <inputs> [seed]
//              dotnet Telemetry.Events.Spool.Tests.dll kill <cycles> [seed]
return args switch
{
    ["writer", var directory, var threads] => AuditWriter.Run(directory, int.Parse(threads, CultureInfo.InvariantCulture)),
    ["damage", var inputs, .. var seed] => DamageRun.Run(long.Parse(inputs, CultureInfo.InvariantCulture), Seed(seed)),
    ["kill", var cycles, .. var seed] => await KillRun.RunAsync(int.Parse(cycles, CultureInfo.InvariantCulture), Seed(seed)),
    _ => 2,
};

static int Seed(string[] arguments) =>
    arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : Random.Shared.Next();
