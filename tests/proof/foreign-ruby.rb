# Loaded before the runner of ruby's own suite: writes a line for each test to ./verdicts, its name, and ok, skipped, FAIL or
# ERROR.
require "test/unit"

verdicts = File.open("verdicts", "a")
verdicts.sync = true
Test::Unit::Runner.prepend(Module.new do
  define_method(:record) do |suite, method, assertions, time, error|
    verdict = case error
              when nil then "ok"
              when Test::Unit::PendedError then "skipped"
              when Test::Unit::AssertionFailedError then "FAIL"
              else "ERROR"
              end
    verdicts.write("#{suite.name}##{method.to_s.tr(" ", "_")} #{verdict}\n")
    super(suite, method, assertions, time, error)
  end
end)
