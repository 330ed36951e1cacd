using System.Globalization;
using Telemetry.SpoolLoad;

// Telemetry.SpoolLoad <directory> [rounds] [seconds]: rounds of all paths alternate; medians over the rounds.
if (args.Length == 0)
{
    Console.Error.WriteLine("usage: Telemetry.SpoolLoad <directory on the disk to measure> [rounds] [seconds]");
    return 2;
}

var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 7;
var seconds = args.Length > 2 ? double.Parse(args[2], CultureInfo.InvariantCulture) : 2;
AcceptTable.Run(Path.Combine(args[0], "telemetry-spool-load"), rounds, TimeSpan.FromSeconds(seconds));
return 0;
