/// The origin of a setting's value, in falling precedence.
enum SettingSource: Equatable {
    case flag
    case environment(String)
    case defaultValue

    func name<Value>(of setting: Setting<Value>) -> String {
        switch self {
        case .flag: "--\(setting.name)"
        case .environment(let variable): variable
        case .defaultValue: "The default of --\(setting.name)"
        }
    }

    var description: String {
        switch self {
        case .flag: "flag"
        case .environment(let variable): "environment variable \(variable)"
        case .defaultValue: "default"
        }
    }
}
